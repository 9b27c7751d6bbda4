"""What the database itself keeps right of the contract register."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError

from contracting.domain.register import ContractStatus
from contracting.models import ContractStep, PublishedProvider
from tests.factories import contracting as make

pytestmark = pytest.mark.django_db
S = ContractStatus


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("contract_status_known", {"status": type("Unknown", (), {"value": "klaar"})}),
        ("contract_year_likely", {"year": 2005, "starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}),
        ("contract_ends_after_start", {"starts_on": date(2026, 5, 2), "ends_on": date(2026, 5, 1)}),
    ],
)
def test_a_contract_makes_sense(insurer, provider, name, fields):
    with pytest.raises(IntegrityError, match=name):
        make.contract(insurer, provider, **fields)


def test_an_insurer_has_no_contract_with_itself(insurer):
    with pytest.raises(IntegrityError, match="contract_with_another"):
        make.contract(insurer, insurer)


def test_one_contract_runs_a_year_and_another_may_follow_one_that_lapsed(insurer, provider, other_insurer):
    make.contract(insurer, provider, status=S.LAPSED)
    make.contract(insurer, provider, status=S.SIGNED)
    make.contract(insurer, provider, year=2027)
    make.contract(other_insurer, provider)
    with pytest.raises(IntegrityError, match="one_running_contract_a_year"):
        make.contract(insurer, provider)


@pytest.mark.parametrize("change", [{"note": "anders"}])
def test_a_step_is_written_once(insurer, provider, change):
    contract = make.contract(insurer, provider)
    with pytest.raises(DatabaseError, match="permission denied"):
        ContractStep.objects.filter(contract=contract).update(**change)


def test_a_step_is_there_once(insurer, provider):
    contract = make.contract(insurer, provider)
    step = contract.steps.get()
    with pytest.raises(IntegrityError, match="contract_step_once"):
        ContractStep.objects.create(contract=contract, status=step.status, on=step.on, by=step.by, at=step.at)


def test_what_was_made_public_never_changes():
    make.published()
    with pytest.raises(DatabaseError, match="permission denied"):
        PublishedProvider.objects.update(name="Anders")
