"""Which requests a rule prepares, and that a rule never leads to anything but a grant or nothing."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import policy, policy_approval
from authorizations.domain.policy_approval import ApprovalRule, Facts, may_approve
from authorizations.domain.terms import Indication, Kind, Outcome, Setting
from tests.factories.authorizations import shipped

RULE = ApprovalRule(
    source="Proef",
    kinds=(Kind.MSR_FOLLOW_UP,),
    indications=(Indication.OTHER,),
    settings=(Setting.OUTPATIENT,),
    most_hours=20,
    most_days=90,
)
FACTS = Facts(
    kind=Kind.MSR_FOLLOW_UP,
    indication=Indication.OTHER,
    setting=Setting.OUTPATIENT,
    hours=Decimal(20),
    days=90,
    follows_grant=True,
    documents_complete=True,
)


@pytest.mark.parametrize(
    ("changes", "rule", "fits"),
    [
        ({}, {}, True),
        ({"kind": Kind.MSR_FIRST}, {}, False),
        ({"indication": Indication.CHRONIC_PAIN}, {}, False),
        ({"indication": None}, {}, False),
        ({"setting": None}, {}, False),
        ({"hours": Decimal("20.25")}, {}, False),
        ({"hours": Decimal(0)}, {}, False),
        ({"days": 91}, {}, False),
        ({"days": None}, {}, False),
        ({"days": -1}, {}, False),
        ({"follows_grant": False}, {}, False),
        ({"follows_grant": False}, {"only_after_grant": False}, True),
        ({"documents_complete": False}, {}, False),
        ({"signals": ("SPOED",)}, {}, False),
        ({}, {"kinds": ()}, False),  # what a rule doesn't name, it doesn't allow
    ],
)
def test_may_approve(changes, rule, fits):
    assert (may_approve(replace(FACTS, **changes), replace(RULE, **rule)) == ()) is fits


ANY_FACTS = st.builds(
    Facts,
    kind=st.sampled_from(list(Kind)),
    indication=st.none() | st.sampled_from(list(Indication)),
    setting=st.none() | st.sampled_from(list(Setting)),
    hours=st.decimals(allow_nan=False, allow_infinity=False),
    days=st.none() | st.integers(),
    follows_grant=st.booleans(),
    documents_complete=st.booleans(),
    signals=st.lists(st.text(), max_size=2).map(tuple),
)
ANY_RULE = st.builds(
    ApprovalRule,
    source=st.text(),
    kinds=st.lists(st.sampled_from(list(Kind))).map(tuple),
    indications=st.lists(st.sampled_from(list(Indication))).map(tuple),
    settings=st.lists(st.sampled_from(list(Setting))).map(tuple),
    most_hours=st.integers(),
    most_days=st.integers(),
    only_after_grant=st.booleans(),
)


@given(facts=ANY_FACTS, rule=ANY_RULE)
def test_whatever_the_facts_and_the_rule_the_outcome_is_a_grant_or_nothing(facts, rule):
    found = policy_approval.proposed(facts, rule)
    assert found in (Outcome.GRANTED, None)
    assert (found is None) == bool(may_approve(facts, rule))


def test_a_rule_is_off_until_a_policy_has_one_and_older_versions_read_the_same():
    for one in shipped().values():
        assert one.approval is None
        assert "approval" not in policy.body(one)
        with_rule = replace(one, approval=RULE)
        assert policy.load(policy.body(with_rule)) == with_rule
