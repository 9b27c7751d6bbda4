"""Keeping the register: propose, step by step to declaring, and the public list."""

from datetime import date, timedelta

import pytest

from accounts.models import Organization
from contracting.domain.register import ContractMove, ContractStatus
from contracting.models import Contract
from contracting.queries import register as asked
from contracting.services import register
from contracting.services.refusals import Incomplete, NotAllowed
from papers.models import Mail
from tests.factories import accounts as people
from tests.factories import contracting as make
from tests.factories.contracting import NOW

pytestmark = pytest.mark.django_db
S, M = ContractStatus, ContractMove
WAY = (M.AGREE, M.RECORD, M.SIGN, M.OPEN)


def propose(by, agb_code, **changes):
    given = {"name": "", "year": 2026, "starts_on": None, "ends_on": None, "on": NOW.date(), **changes}
    return register.propose(agb_code=agb_code, by=by, now=NOW, **given)


def take(contract, move, by, **changes):
    given = {"on": NOW.date(), "note": "", **changes}
    return register.move(contract_id=contract.pk, move=move, by=by, now=NOW, **given)


def test_a_contract_goes_step_by_step_to_declaring(beheerder, organisatiebeheerder, provider, insurer):
    contract = propose(beheerder, provider.agb_code)
    assert asked.in_force(provider.pk, insurer.pk, date(2026, 6, 1)) is None
    for move in WAY:
        take(contract, move, beheerder)
    contract.refresh_from_db()
    assert contract.status == S.MAY_DECLARE
    assert [(one.status, one.by.full_name) for one in asked.steps_of(contract)] == [
        (one.value, "Bo Beheerder") for one in list(S)[:5]
    ]
    assert asked.in_force(provider.pk, insurer.pk, date(2026, 12, 31)) == contract
    assert asked.in_force(provider.pk, insurer.pk, date(2027, 1, 1)) is None
    mails = Mail.objects.filter(key__startswith=f"contract-{contract.pk}-").order_by("pk")
    assert [one.to for one in mails] == [[organisatiebeheerder.email]] * 5
    assert "U kunt nu declareren voor zorg van 1 januari 2026" in mails[4].body


def test_of_two_who_take_the_same_step_the_second_reads_where_it_stands(beheerder, provider):
    contract = propose(beheerder, provider.agb_code)
    take(contract, M.AGREE, beheerder)
    with pytest.raises(Incomplete, match="staat al op “Overeenstemming”"):
        take(contract, M.AGREE, beheerder)
    with pytest.raises(NotAllowed, match="al een contract voor 2026"):
        propose(beheerder, provider.agb_code)


def test_a_contract_that_stops_ends_on_its_last_day_and_another_may_follow(beheerder, provider, insurer):
    contract = make.contract(insurer, provider, status=S.MAY_DECLARE)
    take(contract, M.END, beheerder, on=date(2026, 11, 30), note="De instelling sluit.")
    assert asked.in_force(provider.pk, insurer.pk, date(2026, 11, 30)) == contract
    assert asked.in_force(provider.pk, insurer.pk, date(2026, 12, 1)) is None
    assert propose(beheerder, provider.agb_code, starts_on=date(2026, 12, 15)).pk != contract.pk


def test_an_unknown_provider_enters_by_its_agb_code_and_name(beheerder, other_insurer):
    with pytest.raises(Incomplete, match="Vul ook de naam"):
        propose(beheerder, "22998877")
    assert propose(beheerder, "22998877", name="Kliniek Nieuw").provider.name == "Kliniek Nieuw"
    assert Contract.objects.get().provider.agb_code == "22998877"
    Organization.objects.filter(pk=other_insurer.pk).update(agb_code="95998877")
    with pytest.raises(Incomplete, match="niet van een zorgaanbieder"):
        propose(beheerder, "95998877", name="Kliniek Nieuw")


def test_only_a_beheerder_of_this_insurer_keeps_it(
    beheerder, coordinator, organisatiebeheerder, provider, other_insurer
):
    contract = propose(beheerder, provider.agb_code)
    elsewhere = people.actor(*beheerder.roles, organization=other_insurer)
    for somebody in (coordinator, organisatiebeheerder, elsewhere):
        with pytest.raises(NotAllowed, match="Alleen een beheerder|niet in uw register"):
            take(contract, M.AGREE, somebody)
    with pytest.raises(NotAllowed, match="Alleen een beheerder"):
        register.publish(year=2026, by=organisatiebeheerder, now=NOW)


def test_the_public_list_is_that_of_its_day(beheerder, insurer, provider, other_provider):
    with pytest.raises(NotAllowed, match="niets te publiceren"):
        register.publish(year=2026, by=beheerder, now=NOW)
    agreed = make.contract(insurer, provider, status=S.AGREED)
    make.contract(insurer, other_provider, status=S.PROPOSED)
    make.contract(insurer, people.provider(), status=S.ENDED, ends_on=date(2026, 11, 1))  # over by now
    first = register.publish(year=2026, by=beheerder, now=NOW)
    assert [one.name for one in asked.lines_of(first)] == [provider.name]
    take(agreed, M.LAPSE, beheerder, note="Toch geen akkoord.")
    make.contract(insurer, people.provider(name="Kliniek Zon"), status=S.SIGNED)
    second = register.publish(year=2026, by=beheerder, now=NOW + timedelta(hours=1))
    assert [one.name for one in asked.lines_of(first)] == [provider.name]
    assert [one.name for one in asked.lines_of(second)] == ["Kliniek Zon"]
    assert list(asked.publications()) == [second]
