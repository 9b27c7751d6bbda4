"""An omzetplafond that is nearly reached: told, taken up, answered and rounded off."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.domain.roles import Role
from authorizations.models import CeilingNotice
from authorizations.services import notices
from papers.models import Mail
from tests.factories import accounts as people
from tests.factories.desk import NOW
from tests.factories.notices import told
from tests.journeys.addresses import said

TELL, OFFICE = "/mijn-meldingen/omzetplafond/", "/beoordelen/meldingen/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def filled(insurer, /, **changes):
    day = NOW.date() + timedelta(days=10)
    sent = {
        "insurer": insurer.pk, "contract_year": NOW.year, "ceiling": "1.250.000", "realised": "1.100.000,50",
        "expected_on_0": day.day, "expected_on_1": day.month, "expected_on_2": day.year, "remarks": "Graag overleg.",
    }  # fmt: skip
    return sent | changes


def test_from_notice_to_answer(indiener, insurer, coordinator, lezer, log_in):
    browser, desk = log_in(indiener), log_in(coordinator)
    answer = browser.post(TELL, filled(insurer))
    notice = CeilingNotice.objects.get()
    assert answer["Location"] == f"{TELL}{notice.pk}/"
    assert (notice.level, str(notice.realised)) == ("nearly", "1100000.50")
    assert [mail.to for mail in Mail.objects.all()] == [[coordinator.email]]

    at_desk = f"{OFFICE}omzetplafond/{notice.pk}/"
    assert at_desk in said(desk.get(OFFICE))
    page = said(desk.get(at_desk))
    assert "€ 1.250.000" in page
    assert "€ 1.100.000,50 (88 %)" in page
    assert "Graag overleg." in page
    assert "data-mine" not in said(desk.get(OFFICE))
    desk.post(at_desk, {"doe": "take"})
    assert "data-mine" in said(desk.get(OFFICE))
    empty = desk.post(at_desk, {"answer": " "})
    assert empty.status_code == 422
    assert "Schrijf wat u de zorgaanbieder antwoordt." in said(empty)
    desk.post(at_desk, {"answer": "Wij bellen u maandag."})
    desk.post(at_desk, {"doe": "close"})
    notice.refresh_from_db()
    assert (notice.status, notice.taken_by_id, notice.closed_by_id) == ("closed", *[coordinator.user_id] * 2)
    assert at_desk not in said(desk.get(OFFICE))
    assert at_desk in said(desk.get(f"{OFFICE}?toon=afgerond"))

    read = said(log_in(lezer).get(f"{TELL}{notice.pk}/"))
    assert "Wij bellen u maandag." in read
    assert "Afgerond" in read
    mail = Mail.objects.latest("pk")
    assert mail.to == [indiener.email]
    for words in ("maandag", "1.250.000", "bereikt"):
        assert words not in mail.subject + mail.body


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ceiling": "veel"}, "Vul een getal in"),
        ({"ceiling": "1e9"}, "Vul een getal in"),
        ({"ceiling": "", "realised": "-1"}, "Vul het omzetplafond in"),
        ({"contract_year": "1999"}, "Kies een antwoord uit de lijst."),
        ({"expected_on_0": "31", "expected_on_1": "2"}, "Vul een bestaande datum in"),
        ({"expected_on_2": "9999"}, "Wij lezen datums van 1900"),
        ({"realised": "1.250.000"}, "Het plafond is volgens uw bedragen al bereikt."),
        ({"insurer": "0"}, "Kies een antwoord uit de lijst."),
        ({"remarks": "x" * 10_000}, "6.000 tekens te lang"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(indiener, insurer, changes, words, log_in):
    answer = log_in(indiener).post(TELL, filled(insurer, **changes))
    assert answer.status_code == 422
    page = said(answer)
    assert words in page
    assert "1.250.000" in page or changes.get("ceiling", "") in page
    assert not CeilingNotice.objects.exists()


def test_two_clicks_are_one_notice_and_a_colleague_comes_too_late(indiener, insurer, coordinator, medewerker, log_in):
    browser = log_in(indiener)
    browser.post(TELL, filled(insurer))
    twice = browser.post(TELL, filled(insurer))
    assert twice.status_code == 422
    assert "U heeft dit al gemeld" in said(twice)
    notice = CeilingNotice.objects.get()
    given = {"notice_id": notice.pk, "now": NOW}
    notices.take(by=coordinator, **given)
    with pytest.raises(notices.NotAllowed, match="De status is: in behandeling"):
        notices.take(by=medewerker, **given)
    with pytest.raises(notices.NotAllowed, match="Alleen die collega"):
        notices.answer(by=medewerker, words="Ja.", **given)
    notices.release(by=coordinator, **given)
    notices.take(by=medewerker, **given)
    notices.answer(by=coordinator, words="Ja.", **given)  # a coördinator goes on where a colleague stopped
    with pytest.raises(notices.NotAllowed, match="Melding ingetrokken: dat kan nu niet"):
        notices.withdraw(by=indiener, **given)


def test_a_provider_takes_it_back_and_tells_anew(indiener, insurer, medewerker, lezer, log_in):
    notice = told(indiener, insurer.pk, NOW)
    here = f"{TELL}{notice.pk}/"
    assert "Trek de melding in" not in said(log_in(lezer).get(here))
    assert log_in(lezer).get(TELL).status_code == 403
    log_in(indiener).post(here)
    notice.refresh_from_db()
    assert notice.status == "withdrawn"
    assert told(indiener, insurer.pk, NOW).status == "filed"


def test_of_another_there_is_nothing(indiener, insurer, other_indiener, other_insurer, adviseur, log_in):
    notice = told(indiener, insurer.pk, NOW)
    elsewhere = people.actor(Role.COORDINATOR, organization=other_insurer)
    assert log_in(other_indiener).get(f"{TELL}{notice.pk}/").status_code == 404
    assert log_in(elsewhere).post(f"{OFFICE}omzetplafond/{notice.pk}/", {"doe": "take"}).status_code == 404
    # It is nothing medical, and no work of a medisch adviseur.
    assert log_in(adviseur).get(OFFICE).status_code == 403


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"level": "reached"}, "ceiling_level_fits"),
        ({"ceiling": 0}, "ceiling_amounts_possible"),
        ({"status": "taken"}, "ceiling_taken_by_somebody"),
        ({"status": "closed"}, "ceiling_"),
        ({"taken_at": NOW}, "ceiling_taken_pair"),
        ({"status": "vreemd"}, "ceiling_"),
    ],
)
def test_the_database_keeps_it_whole(indiener, insurer, changes, constraint):
    notice = told(indiener, insurer.pk, NOW)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        CeilingNotice.objects.filter(pk=notice.pk).update(**changes)
