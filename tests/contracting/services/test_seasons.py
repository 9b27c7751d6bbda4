"""A season is planned, reminds in time and once, and its startbrief goes to who has a contract."""

from datetime import UTC, date, datetime, timedelta

import pytest

from contracting.domain.register import ContractStatus
from contracting.domain.seasons import usual_days
from contracting.services import questionnaires, seasons
from contracting.services.refusals import Incomplete, NotAllowed
from papers.models import Letter, Mail
from tests.factories import accounts as people
from tests.factories import contracting as make

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 17, 6, 0, tzinfo=UTC)  # 14 days before the end of May
TOLD = {
    "policy": "Wij kopen alle zorg zelf in.", "contact_name": "I. Koper", "contact_email": "inkoop@zk.example",
    "contact_phone": "",
}  # fmt: skip


def plan(by, **changes):
    given = {"season_id": None, "year": 2027, "days": usual_days(2027), **TOLD, **changes}
    return seasons.plan(by=by, now=NOW, **given)


def test_a_season_is_planned_once_and_changed(beheerder, organisatiebeheerder):
    season = plan(beheerder)
    with pytest.raises(NotAllowed, match="al een inkoopkalender"):
        plan(beheerder)
    assert plan(beheerder, season_id=season.pk, contact_name="B. Ander").contact_name == "B. Ander"
    with pytest.raises(Incomplete, match="Controleer het jaar"):
        plan(beheerder, year=2040)
    with pytest.raises(NotAllowed, match="Alleen een beheerder"):
        plan(organisatiebeheerder, year=2028)


def test_a_deadline_reminds_twice_however_often_the_clock_rings(beheerder):
    plan(beheerder)
    for days in range(-1, 20):
        seasons.remind(now=NOW + timedelta(days=days))
    mails = Mail.objects.filter(key__startswith="season-").order_by("pk")
    assert [one.to for one in mails] == [[beheerder.email]] * 2
    assert "De datum in uw kalender is 31 mei 2026." in mails[0].body


def test_the_startbrief_goes_once_to_who_has_a_contract(
    beheerder, organisatiebeheerder, insurer, provider, other_provider
):
    season = plan(beheerder)
    with pytest.raises(NotAllowed, match="geen zorgaanbieder met een contract in 2026"):
        seasons.send_start_letters(season_id=season.pk, by=beheerder, now=NOW)
    make.contract(insurer, provider, status=ContractStatus.MAY_DECLARE)
    make.contract(insurer, other_provider, status=ContractStatus.PROPOSED)
    assert seasons.send_start_letters(season_id=season.pk, by=beheerder, now=NOW) == 1
    html = Letter.objects.get().html
    assert all(words in html for words in ("Wij kopen alle zorg zelf in.", "I. Koper", "12 november 2026"))
    assert Mail.objects.filter(key__startswith="start-letter-").get().to == [organisatiebeheerder.email]
    make.contract(insurer, people.provider(), status=ContractStatus.SIGNED)
    assert seasons.send_start_letters(season_id=season.pk, by=beheerder, now=NOW) == 1
    with pytest.raises(NotAllowed):
        seasons.send_start_letters(season_id=season.pk, by=beheerder, now=NOW)


def test_a_season_that_closes_on_another_day_says_for_which_year_a_questionnaire_counts(insurer, provider):
    made = make.questionnaire_of(provider)
    late = datetime(2026, 9, 15, 8, tzinfo=UTC)
    assert questionnaires.year_now(made, now=late) == 2028
    make.season(made.insurer, year=2027, questionnaire_on=date(2026, 9, 15))
    assert questionnaires.year_now(made, now=late) == 2027
