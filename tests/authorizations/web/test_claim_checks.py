"""The machtiging of a claim, the way that it goes, and what was declared without machtiging, as the pages tell it."""

from datetime import date

import pytest

from accounts.models import User
from authorizations.domain.claim_terms import Regime
from contracting.domain.register import ContractStatus
from tests.authorizations.web.test_subtrajects import text, today
from tests.factories import contracting, declarations, subtrajects, titles, told
from tests.factories.subtrajects import day

pytestmark = pytest.mark.django_db
EXEMPT = "/declaraties/vrijgesteld/"


@pytest.fixture
def filer(log_in, indiener):
    return log_in(indiener)


def page_of(client, row):
    return text(client.get(f"/declaraties/{row.pk}/"))


def test_the_machtiging_by_its_number_and_the_one_of_the_subtraject(filer, indiener, insurer, provider):
    grant = told.granted(provider, insurer, starts=0, ends=60)
    care = {"opened_on": day(10), "closed_on": day(70), "code": "14D838", "bsn": subtrajects.BSN}
    row = declarations.claim(indiener, insurer, machtigingsnummer=grant.number, **care)
    page = page_of(filer, row)
    assert grant.number in page and "daarna." in page and "De code is die van de machtiging" in page
    other = declarations.claim(indiener, insurer, number="D2", machtigingsnummer="M99", **care)
    assert "Dit machtigingsnummer kennen wij niet" in page_of(filer, other)

    traject = subtrajects.traject(provider, insurer, User.objects.get(pk=indiener.user_id), number="ZT7")
    taken = titles.taken_over(
        grant.authorization, indiener, starts_on=day(0), ends_on=day(90), indication=traject.indication
    )
    subtrajects.subtraject(traject, taken_over=taken)
    under = declarations.claim(
        indiener, insurer, number="D3", zorgtrajectnummer="ZT7", opened_on=day(10), closed_on=day(70)
    )
    page = page_of(filer, under)
    assert "overgenomen van Andere Zorg" in page and taken.number in page
    assert "De zorg valt binnen de machtiging" in page


def test_the_way_follows_the_agreement_and_the_register(filer, indiener, insurer, provider):
    row = declarations.claim(indiener, insurer, regime=Regime.INSURED, resubmission="")
    page = page_of(filer, row)
    assert "een nota voor de verzekerde" in page and "restitutienota" in page
    contracting.contract(
        insurer,
        provider,
        year=2026,
        status=ContractStatus.SIGNED,
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    assert "Dan declareert u via VECOZO" in page_of(filer, row)
    ours = declarations.claim(indiener, insurer, number="D2")
    assert "In het register staat uw contract" in page_of(filer, ours)


def test_what_is_exempt_is_counted_by_both_readings(filer, indiener, insurer):
    used = {"regime": Regime.INSURED, "resubmission": "", "at_intake": True, "handed_in_on": today(-3),
            "opened_on": today(-60), "closed_on": today(-30), "bsn": subtrajects.BSN}  # fmt: skip
    assert "nog niets zonder machtiging" in text(filer.get(EXEMPT))
    first = declarations.claim(indiener, insurer, number="E1", code="14E489", **used)
    assert text(filer.get(EXEMPT)).count("Machtiging nodig") == 0
    assert "één keer declareren zonder machtiging" in page_of(filer, first)
    declarations.claim(indiener, insurer, number="E2", code="14E490", **used)
    page = text(filer.get(EXEMPT))
    assert page.count("Machtiging nodig") == 1 and page.index("Machtiging nodig") < page.rindex("Past")
    third = declarations.claim(indiener, insurer, number="E3", code="14E489", **used)
    assert text(filer.get(EXEMPT)).count("Machtiging nodig") == 2
    assert "al een keer zonder machtiging gedeclareerd" in page_of(filer, third)
    # What isn't handed in, has a machtiging or is of nobody that we know, doesn't count.
    for number, change in (
        ("OPEN4", {"handed_in_on": None}),
        ("TITEL5", {"machtigingsnummer": "M1"}),
        ("NIEMAND6", {"bsn": ""}),
    ):
        declarations.claim(indiener, insurer, number=number, code="14E489", **(used | change))
    page = text(filer.get(EXEMPT))
    assert (
        "OPEN4" not in page and "TITEL5" not in page and "Van 1 declaratie staat er geen zorgtraject of BSN bij" in page
    )
    assert subtrajects.BSN not in page
