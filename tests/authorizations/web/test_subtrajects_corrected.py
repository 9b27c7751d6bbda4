"""What was told wrongly of a zorgtraject, put right by form; and the machtiging under which a subtraject falls."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.models import User
from authorizations.domain import words
from authorizations.domain.subtrajects import LONGEST, Ground
from authorizations.domain.terms import Discipline
from authorizations.models import Insured
from authorizations.services import closing, subtrajects
from tests.factories import accounts
from tests.factories.logging_in import logged_in
from tests.factories.subtrajects import day
from tests.factories.told import Told, granted, noon

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thirty_days_later():
    with time_machine.travel(noon(30), tick=False):
        yield


@pytest.fixture
def told(indiener, insurer):
    made = Told(indiener, insurer)
    made.did(0, units=6)
    made.did(7, units=12)
    return made


@pytest.fixture
def browser(log_in, indiener):
    return log_in(indiener)


@pytest.fixture
def machtiging(provider, insurer):
    return granted(provider, insurer, hours=[(Discipline.FYSIOTHERAPIE, 2), (Discipline.PSYCHOLOGIE, 4)])


def browser_of(told):
    """Return a browser in which who tells has just logged in: another day, another session."""
    return logged_in(Client(), User.objects.get(pk=told.by.user_id))


def page_of(told, more=""):
    return f"/zorgtrajecten/{told.traject.pk}/{more}"


def of_row(told, more):
    return page_of(told, f"subtrajecten/{told.row().pk}/{more}/")


def parts(name, on):
    return {f"{name}_0": str(on.day), f"{name}_1": str(on.month), f"{name}_2": str(on.year)}


def text(answer):
    return " ".join(answer.content.decode().split())


# -- the end of treatment --------------------------------------------------------------------------------------------


def test_a_finish_of_the_wrong_day_is_moved_and_then_taken_back(told, browser):
    told.finished(20)
    address = of_row(told, "afronding")
    assert address in text(browser.get(page_of(told)))
    assert browser.get(address).context["form"]["finished_on"].value() == day(20)
    browser.post(address, {**parts("finished_on", day(25)), "reason": "Verkeerde dag"})
    assert (told.row().closed_on, told.row().closed_by) == (day(25), Ground.FINISHED)
    answer = browser.post(address, {"not_finished": "on", "reason": "Toch nog niet"}, follow=True)
    assert "De behandeling is niet klaar." in text(answer)
    assert (told.row().closed_on, told.row().finished_on) == (None, None)
    assert "Toch nog niet" in text(browser.get(page_of(told)))


@pytest.mark.parametrize(
    ("typed", "place", "words"),
    [
        ({"reason": "Slip"}, "finished_on", "Vul een dag in, of kruis aan"),
        ({**parts("finished_on", day(22)), "not_finished": "on", "reason": "Slip"}, "finished_on", "een van de twee"),
        ({**parts("finished_on", day(22))}, "reason", "Waarom"),
        ({**parts("finished_on", day(31)), "reason": "Slip"}, "finished_on", "toekomst"),
        ({**parts("finished_on", day(-1)), "reason": "Slip"}, "finished_on", "latere dag"),
        ({**parts("finished_on", day(20)), "reason": "Slip"}, "finished_on", "was al afgerond"),
    ],
)
def test_what_is_wrong_with_a_correction_stands_at_its_field(told, browser, typed, place, words):
    told.finished(20)
    answer = browser.post(of_row(told, "afronding"), typed)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[place])
    assert told.row().finished_on == day(20)


def test_a_death_is_told_corrected_and_taken_back(told, browser):
    address = page_of(told, "overlijden/")
    form = browser.get(address).context["form"]
    assert list(form.fields) == ["died_on"]
    browser.post(address, parts("died_on", day(12)))
    told.traject.refresh_from_db()
    assert told.traject.died_on == day(12)
    assert f"{day(12).day}-{day(12).month}-{day(12).year}" in text(browser.get(page_of(told)))
    answer = browser.post(address, {**parts("died_on", day(13)), "reason": ""})
    assert "reason" in answer.context["form"].errors
    assert "Kies een van de twee" in text(browser.post(address, {**parts("died_on", day(13)), "not_died": "on"}))
    browser.post(address, {"not_died": "on", "reason": "Verwisseld"})
    told.traject.refresh_from_db()
    assert told.traject.died_on is None


def test_a_death_in_the_future_is_refused_at_its_field(told, browser):
    answer = browser.post(page_of(told, "overlijden/"), parts("died_on", day(31)))
    assert "toekomst" in str(answer.context["form"].errors["died_on"])


# -- the machtiging --------------------------------------------------------------------------------------------------


def test_a_machtiging_is_chosen_and_the_hours_are_counted_under_it(told, browser, machtiging):
    address = of_row(told, "machtiging")
    assert machtiging.number in text(browser.get(address))
    answer = browser.post(address, {"grant": machtiging.number}, follow=True)
    assert f"valt onder machtiging {machtiging.number}" in text(answer)
    page = text(answer)
    # 6 and 12 units of five minutes.
    assert "1,5 van 2 uur gebruikt" in page and "0 van 4 uur gebruikt" in page
    assert told.changes()[-1] == "linked"
    answer = browser.post(address, {"grant": ""}, follow=True)
    assert "valt onder geen machtiging" in text(answer)
    assert told.row().granted is None


def test_what_is_over_says_so(told, browser, provider, insurer):
    little = granted(provider, insurer, hours=[(Discipline.FYSIOTHERAPIE, 1)])
    answer = browser.post(of_row(told, "machtiging"), {"grant_number": little.number.lower()}, follow=True)
    assert "0,5 uur meer dan toegekend" in text(answer)


def test_only_machtigingen_of_this_patient_are_offered_and_another_is_refused(told, browser, machtiging):
    other = granted(machtiging.authorization.provider, machtiging.authorization.insurer)
    Insured.objects.get(authorization=other.authorization).delete()
    Insured.objects.create(
        authorization=other.authorization, bsn="111222333", initials="N.", surname="Smeets", birth_date=day(-9000),
        street="Voorbeeldstraat 1", postcode="1234 AB", city="Voorbeeldstad",
    )  # fmt: skip
    address = of_row(told, "machtiging")
    assert other.number not in text(browser.get(address))
    answer = browser.post(address, {"grant_number": other.number})
    assert "andere patiënt" in str(answer.context["form"].errors["grant_number"])
    assert told.row().granted is None


@pytest.mark.parametrize(("starts", "ends"), [(1, 100), (-90, -1)])
def test_a_machtiging_of_another_time_is_refused(told, browser, provider, insurer, starts, ends):
    late = granted(provider, insurer, starts=starts, ends=ends)
    answer = browser.post(of_row(told, "machtiging"), {"grant": late.number})
    assert "opent op een andere dag" in str(answer.context["form"].errors["grant_number"])


def test_a_machtiging_that_is_not_there_or_of_another_insurer_is_refused(told, browser, provider):
    address = of_row(told, "machtiging")
    assert "geen machtiging met dit nummer" in text(browser.post(address, {"grant_number": "M269999999999"}))
    elsewhere = granted(provider, accounts.insurer(name="Elders"))
    answer = browser.post(address, {"grant_number": elsewhere.number})
    assert "andere verzekeraar" in str(answer.context["form"].errors["grant_number"])


def test_what_was_declared_keeps_its_machtiging(told, browser, machtiging):
    told.finished(20)
    browser.post(of_row(told, "gedeclareerd"))
    answer = browser.post(of_row(told, "machtiging"), {"grant": machtiging.number})
    assert "al gedeclareerd" in text(answer)
    assert told.row().granted is None


def test_the_longest_day_still_closes_whatever_was_linked(told, browser, machtiging):
    browser.post(of_row(told, "machtiging"), {"grant": machtiging.number})
    assert told.row().closes_on <= day(0) + LONGEST
    assert told.row().idle_on == day(7) + timedelta(days=42)


def test_two_numbers_that_differ_are_asked_about(told, browser, machtiging, provider, insurer):
    other = granted(provider, insurer)
    address = of_row(told, "machtiging")
    answer = browser.post(address, {"grant": machtiging.number, "grant_number": other.number})
    assert "typte een ander nummer" in str(answer.context["form"].errors["grant_number"])
    assert browser.post(address, {"grant": machtiging.number, "grant_number": machtiging.number}).status_code == 302


def test_a_machtiging_for_another_indication_is_refused(told, browser, provider, insurer):
    pain = granted(provider, insurer, indication="chronic_pain")
    answer = browser.post(of_row(told, "machtiging"), {"grant_number": pain.number})
    assert "andere indicatie: chronische pijn" in str(answer.context["form"].errors["grant_number"])


# -- what stands out -------------------------------------------------------------------------------------------------


def test_a_finish_is_not_moved_over_the_finish_of_a_later_subtraject(told, browser):
    told.finished(10)
    told.did(14)
    told.finished(16)
    first = told.row(0)
    answer = browser.post(
        page_of(told, f"subtrajecten/{first.pk}/afronding/"), {**parts("finished_on", day(20)), "reason": "Slip"}
    )
    assert "later subtraject is al afgerond" in str(answer.context["form"].errors["finished_on"])
    assert (told.row(0).finished_on, told.row(1).finished_on) == (day(10), day(16))


def test_what_stands_out_is_said_on_the_page_and_only_to_who_may_read_it(told, browser, log_in, organisatiebeheerder):
    assert "Wat opvalt" not in text(browser.get(page_of(told)))
    told.finished(10)
    page = text(browser.get(page_of(told)))
    assert "Afgerond binnen 42 dagen na de laatste activiteit" in page
    assert "Activiteit na de afronding" not in page
    told.did(14)
    assert "Activiteit na de afronding" in text(browser.get(page_of(told)))
    assert "Wat opvalt" not in text(log_in(organisatiebeheerder).get(page_of(told)))


def test_who_died_is_treated_no_more(told, browser):
    browser.post(page_of(told, "overlijden/"), parts("died_on", day(5)))
    page = text(browser.get(page_of(told)))
    assert "De patiënt is overleden op" in page and "Start een vervolgaanvraag" not in page
    assert "Er staat 1 activiteit van na het overlijden" in page
    typed = {"code": "190961", "discipline": "fysiotherapie", "units": "6", "profile_class": "14"}
    address = page_of(told, "activiteiten/nieuw/")
    answer = browser.post(address, {**typed, **parts("performed_on", day(6))})
    assert "overleden op" in str(answer.context["form"].errors["performed_on"])
    assert browser.post(address, {**typed, **parts("performed_on", day(5))}).status_code == 302


def test_a_correction_says_what_it_would_be(told, browser):
    told.finished(20)
    browser.post(of_row(told, "gedeclareerd"))
    told.did(12, on=30)
    page = text(browser.get(page_of(told)))
    assert "sluit op dezelfde dag, maar de activiteiten zijn veranderd. Neem de declaratie terug" in page


def test_a_late_activity_after_a_declaration_says_on_which_day_it_would_close(told, browser):
    with time_machine.travel(noon(60), tick=False):
        subtrajects.declare(subtraject_id=told.row().pk, by=told.by, now=noon(60))
        told.did(20, on=60)
    with time_machine.travel(noon(70), tick=False):
        page = text(browser_of(told).get(page_of(told)))
    assert f"zou sluiten op {words.day(day(62))}" in page


def test_a_warning_says_how_long_it_was_then_and_once(told, browser):
    late = 44
    with time_machine.travel(noon(late), tick=False):
        closing.warn(now=noon(late))
        page = text(browser_of(told).get(page_of(told)))
    assert f"{words.day(day(late))}: nog 5 dagen tot {words.day(day(49))}" in page
    assert page.count("nog 5 dagen tot") == 1


def test_hours_are_counted_over_every_zorgtraject_under_the_machtiging(told, browser, machtiging, indiener, insurer):
    other = Told(indiener, insurer, number="zt-2026-0002")
    other.did(1, units=12)
    browser.post(of_row(told, "machtiging"), {"grant": machtiging.number})
    assert "1,5 van 2 uur gebruikt" in text(browser.get(page_of(told)))
    browser.post(of_row(other, "machtiging"), {"grant": machtiging.number})
    for page in (page_of(told), page_of(other)):
        assert "2,5 van 2 uur gebruikt" in text(browser.get(page)) and "0,5 uur meer" in text(browser.get(page))
