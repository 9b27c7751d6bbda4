"""A rule prepares what fits, once, with the facts and the version; it decides nothing and takes nobody's request."""

from dataclasses import replace

import pytest

from authorizations.domain import records
from authorizations.domain.lifecycle import Status
from authorizations.domain.policy_approval import ApprovalRule
from authorizations.domain.terms import Indication, Kind, Setting
from authorizations.models import AuthorizationRequest, Decision, RuleApproval, StatusEvent
from authorizations.services import rule_approval
from tests.factories import authorizations as make
from tests.factories import desk
from tests.factories.desk import NOW

pytestmark = pytest.mark.django_db
RULE = ApprovalRule(
    source="Proef",
    kinds=tuple(Kind),
    indications=tuple(Indication),
    settings=tuple(Setting),
    most_hours=100,
    most_days=200,
    only_after_grant=False,
)


@pytest.fixture(autouse=True)
def nothing_stands_out(monkeypatch):
    monkeypatch.setattr(rule_approval.signals, "of", lambda *_, **__: [])


def waiting(indiener, insurer, rule):
    named = f"{rule.most_hours} uur" if rule else "zonder regel"
    policy = replace(make.shipped()["zilveren-kruis-msr"], approval=rule, version=named)
    return desk.filed(indiener, insurer, policy_version=make.version(policy, insurer))


def test_what_fits_is_written_down_once_with_facts_rule_and_version(indiener, insurer, noor):
    fits = waiting(indiener, insurer, RULE)
    steps = StatusEvent.objects.count()
    assert (rule_approval.prepare(now=NOW), rule_approval.prepare(now=NOW)) == (1, 0)
    row = RuleApproval.objects.get()
    assert (row.authorization_id, row.policy_version_id, row.at) == (fits.pk, fits.policy_version_id, NOW)
    assert records.read(ApprovalRule, row.rule) == RULE
    assert row.facts == records.write(rule_approval.facts_of(fits, now=NOW))
    assert [one.pk for one in rule_approval.prepared_for(noor)] == [fits.pk]
    assert AuthorizationRequest.objects.get().status == Status.SUBMITTED
    assert StatusEvent.objects.count() == steps
    assert not Decision.objects.exists()


def test_without_a_rule_outside_it_or_taken_nothing_is_prepared(indiener, insurer, noor):
    waiting(indiener, insurer, None)
    waiting(indiener, insurer, replace(RULE, most_hours=1))
    taken = waiting(indiener, insurer, RULE)
    AuthorizationRequest.objects.filter(pk=taken.pk).update(assigned_to=noor.user_id, assigned_at=NOW)
    assert rule_approval.prepare(now=NOW) == 0
    assert not RuleApproval.objects.exists()
