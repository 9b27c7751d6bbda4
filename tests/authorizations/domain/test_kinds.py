"""Each kind of request is a row, with steps and words of its own."""

import pytest

from authorizations.domain import intake, intake_asked, kinds
from authorizations.domain.terms import Kind
from authorizations.web.forms.intake import FORMS
from tests.factories.applications import EXPECTED_ON, TODAY, all_documents, application, follow_up
from tests.factories.authorizations import shipped

WHOLE = {Kind.MSR_FIRST: application, Kind.MSR_FOLLOW_UP: follow_up}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_all_that_a_kind_needs(kind):
    row = kinds.of(kind)
    offering = [policy for policy in shipped().values() if kind in policy.kinds]
    assert offering, "a policy offers it"
    assert [step for step in row.steps if step not in FORMS] == ["documenten"], "each step has its form"
    in_order = [step.code for step in intake.STEPS if step.code in row.steps]
    assert list(row.steps) == in_order
    assert kinds.of(row.follow_up).follow_up is row.follow_up
    for policy in offering:
        whole = WHOLE[kind]()
        answers = all_documents(policy, whole)
        assert intake.obstacles(whole, policy, TODAY, expected_on=EXPECTED_ON, answers=answers) == []
        assert intake_asked.only_asked(whole, policy, expected_on=EXPECTED_ON).care == whole.care
