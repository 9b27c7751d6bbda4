"""The pages of zorgtrajecten: what each side sees, and what a provider tells by form."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from authorizations.domain.subtrajects import Ground
from authorizations.domain.terms import Indication
from authorizations.models import AuthorizationRequest, Subtraject, SubtrajectEvent, Zorgactiviteit, Zorgtraject
from authorizations.services import subtrajects
from tests.factories import authorizations as make
from tests.factories.release_files import canonical
from tests.factories.releases import loaded
from tests.factories.subtrajects import BSN, activity, subtraject, traject

pytestmark = pytest.mark.django_db
LIST, NEAR, BEGIN = "/zorgtrajecten/", "/zorgtrajecten/dreigt-te-sluiten/", "/zorgtrajecten/nieuw/"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def text(answer):
    return " ".join(answer.content.decode().split())


def parts(name, day):
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)}


def filled(**changes):
    typed = {"number": "zt 2026-1", "policy": "zilveren-kruis-msr", "bsn": BSN, "initials": "K.",
             "surname": "Voorbeeld", "indication": Indication.OTHER.value, "diagnosis_code": "m54.5", "zorgtype": "11",
             **parts("birth_date", today(-9000)), **parts("opened_on", today(-10))}  # fmt: skip
    return {**typed, **changes}


def did(on=0, **changes):
    return {"code": "190961", "discipline": "fysiotherapie", "units": "6", "profile_class": "14",
            **parts("performed_on", today(on)), **changes}  # fmt: skip


@pytest.fixture(autouse=True)
def policies(insurer):
    make.policy_version(insurer)


@pytest.fixture
def begun(log_in, indiener):
    """Return a zorgtraject that was begun by form ten days ago."""
    answer = log_in(indiener).post(BEGIN, filled())
    assert answer.status_code == 302, text(answer)
    return Zorgtraject.objects.get()


def page_of(one, more=""):
    return f"{LIST}{one.pk}/{more}"


# -- beginning -------------------------------------------------------------------------------------------------------


def test_a_zorgtraject_is_begun_and_shown(log_in, indiener, begun):
    assert (begun.number, begun.diagnosis, begun.insured.bsn) == ("ZT20261", "M54.5", BSN)
    page = text(log_in(indiener).get(page_of(begun)))
    assert "Zorgtraject <span" in page and "ZT20261" in page
    assert "M54.5" in page and "K. Voorbeeld" in page
    assert BSN not in page
    assert 'class="mp-course__drawing"' in page and "Er is nog geen activiteit" in page


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": ""}, "number", "zorgtrajectnummer"),
        ({"number": BSN}, "number", "BSN van de patiënt"),
        (parts("birth_date", today(1)), "birth_date", "toekomst"),
        (parts("opened_on", today(-3000)), "opened_on", "Controleer het jaar"),
        ({**parts("birth_date", today(-5)), **parts("opened_on", today(-6))}, "opened_on", "nog niet geboren"),
        ({"number": "1234567890123456"}, "number", "hoogstens 15"),
        ({"bsn": "999996709"}, "bsn", "Dit BSN klopt niet"),
        ({"bsn": ""}, "bsn", "of kies een machtiging"),
        ({"diagnosis_code": "X99Z"}, "diagnosis_code", "Wij kennen deze code niet"),
        ({"privacyverklaring": "on"}, "diagnosis_code", "Met een privacyverklaring"),
        ({"zorgtype": "21"}, "zorgtype", "Kies een antwoord"),
        ({"grant_number": "MA-00000000P"}, "grant_number", "geen machtiging met dit nummer"),
        (parts("opened_on", today(2)), "opened_on", "niet in de toekomst"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(log_in, indiener, changes, field, words):
    answer = log_in(indiener).post(BEGIN, filled(**changes))
    assert answer.status_code == 422
    assert any(words.lower() in said.lower() for said in answer.context["form"].errors[field])
    assert 'value="Voorbeeld"' in answer.content.decode()
    assert not Zorgtraject.objects.exists()


def test_a_known_bsn_with_another_day_of_birth_is_asked_about_and_goes_on_when_confirmed(log_in, indiener, begun):
    browser = log_in(indiener)
    other = filled(number="ZT2", **parts("birth_date", today(-8000)))
    answer = browser.post(BEGIN, other)
    assert "bij een andere geboortedatum" in str(answer.context["form"].errors["birth_date"])
    assert "Ga verder met deze geboortedatum" in text(answer)
    assert browser.post(BEGIN, {**other, "zeker": "1"}).status_code == 302
    assert browser.post(BEGIN, filled(number="ZT3")).status_code == 302


def test_a_number_is_used_once(log_in, indiener, begun):
    answer = log_in(indiener).post(BEGIN, filled())
    assert "al in gebruik" in str(answer.context["form"].errors["number"])


def test_with_a_privacyverklaring_there_is_no_diagnosis(log_in, indiener):
    log_in(indiener).post(BEGIN, filled(privacyverklaring="on", diagnosis_code=""))
    assert Zorgtraject.objects.get().privacyverklaring
    assert "Niet bewaard: privacyverklaring" in text(log_in(indiener).get(page_of(Zorgtraject.objects.get())))


def test_a_diagnosis_is_looked_up_without_losing_what_was_typed(log_in, indiener):
    answer = log_in(indiener).post(BEGIN, filled(**{"icd-zoeken": "1", "diagnosis_search": "fibromyalgia"}))
    assert answer.status_code == 200
    assert "M79.7" in text(answer) and 'value="Voorbeeld"' in answer.content.decode()
    assert not Zorgtraject.objects.exists()


@pytest.mark.parametrize("who", ["lezer", "organisatiebeheerder", "adviseur", "medewerker"])
def test_only_who_files_tells(log_in, request, begun, who):
    browser = log_in(request.getfixturevalue(who))
    assert browser.get(BEGIN).status_code == 403
    assert browser.post(page_of(begun, "activiteiten/nieuw/"), did()).status_code == 403


# -- activities ------------------------------------------------------------------------------------------------------


def test_an_activity_is_registered_corrected_and_removed(log_in, indiener, begun):
    browser = log_in(indiener)
    answer = browser.post(page_of(begun, "activiteiten/nieuw/"), did(-8), follow=True)
    assert "is vastgelegd" in text(answer) and "0,5" in text(answer)
    first = Zorgactiviteit.objects.get()
    answer = browser.post(
        page_of(begun, f"activiteiten/{first.pk}/verbeteren/"), did(-5, reason="Verkeerde dag"), follow=True
    )
    assert "Verkeerde dag" in text(answer)
    second = Zorgactiviteit.objects.get(removed_at=None)
    assert second.performed_on == today(-5) and second.replaces == first
    answer = browser.post(
        page_of(begun, f"activiteiten/{second.pk}/verwijderen/"), {"reason": "Niet gedaan"}, follow=True
    )
    assert "Niet gedaan" in text(answer)
    assert not Zorgactiviteit.objects.filter(removed_at=None).exists()


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"code": "1,90E+05"}, "code", "Excel"),
        ({"code": "19096"}, "code", "6 cijfers. U vulde er 5 in"),
        ({"code": "abc"}, "code", "Gebruik alleen cijfers"),
        ({"code": "123456"}, "code", "niet in onze lijst"),
        ({"units": "0"}, "units", "van 1 tot en met 288"),
        ({"units": "x"}, "units", "heel getal"),
        ({"discipline": ""}, "discipline", "Welke discipline deed het?"),
        (parts("performed_on", today(1)), "performed_on", "nog niet uitgevoerd"),
        (parts("performed_on", today(-11)), "performed_on", "geen subtraject"),
    ],
)
def test_a_wrong_activity_is_told_at_its_field(log_in, indiener, begun, changes, field, words):
    answer = log_in(indiener).post(page_of(begun, "activiteiten/nieuw/"), did(**changes))
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert not Zorgactiviteit.objects.exists()


def test_an_unknown_code_goes_through_once_it_is_confirmed(log_in, indiener, begun):
    browser, page = log_in(indiener), page_of(begun, "activiteiten/nieuw/")
    assert 'name="onbekend" value="123456"' in browser.post(page, did(code="123456")).content.decode()
    assert browser.post(page, did(code="123456", onbekend="654321")).status_code == 422
    assert browser.post(page, did(code="123456", onbekend="123456")).status_code == 302
    assert "weten wij niet hoelang een eenheid duurt" in text(browser.get(page_of(begun)))


def test_the_same_twice_is_refused_at_the_number(log_in, indiener, begun):
    browser, page = log_in(indiener), page_of(begun, "activiteiten/nieuw/")
    browser.post(page, did(-2))
    answer = browser.post(page, did(-2))
    assert "staat er op deze dag al" in str(answer.context["form"].errors["units"])


# -- finished, declared ----------------------------------------------------------------------------------------------


def test_treatment_is_finished_declared_and_taken_back(log_in, indiener, begun):
    browser = log_in(indiener)
    browser.post(page_of(begun, "activiteiten/nieuw/"), did(-8))
    answer = browser.post(page_of(begun, "afronden/"), parts("finished_on", today(1)))
    assert "toekomst" in str(answer.context["form"].errors["finished_on"])
    browser.post(page_of(begun, "afronden/"), parts("finished_on", today(-3)))
    row = Subtraject.objects.get()
    assert (row.closed_on, row.closed_by) == (today(-3), Ground.FINISHED)
    browser.post(page_of(begun, f"subtrajecten/{row.pk}/gedeclareerd/"))
    assert "Gedeclareerd" in text(browser.get(page_of(begun)))
    browser.post(page_of(begun, "activiteiten/nieuw/"), did(-4, code="190962", discipline="ergotherapie"))
    assert "Er is een correctie nodig" in text(browser.get(page_of(begun)))
    answer = browser.post(page_of(begun, f"subtrajecten/{row.pk}/terugnemen/"), {"reason": ""})
    assert answer.status_code == 422
    browser.post(page_of(begun, f"subtrajecten/{row.pk}/terugnemen/"), {"reason": "Vergeten activiteit"})
    row.refresh_from_db()
    assert row.declared_at is None
    assert "Vergeten activiteit" in text(browser.get(page_of(begun)))


def test_an_open_subtraject_is_not_declared(log_in, indiener, begun):
    answer = log_in(indiener).post(
        page_of(begun, f"subtrajecten/{Subtraject.objects.get().pk}/gedeclareerd/"), follow=True
    )
    assert "nog niet gedeclareerd" in text(answer)
    assert not SubtrajectEvent.objects.filter(change="declared").exists()


# -- who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["organisatiebeheerder", "medewerker", "coordinator"])
def test_administration_sees_days_and_nothing_of_the_patient(log_in, request, indiener, begun, who):
    log_in(indiener).post(page_of(begun, "activiteiten/nieuw/"), did(-8))
    browser = log_in(request.getfixturevalue(who))
    for page in (page_of(begun), LIST, NEAR + "?binnen=30"):
        read = text(browser.get(page))
        assert "ZT20261" in read or page.startswith(NEAR)
        assert not [
            word for word in ("Voorbeeld", "K. V.", "M54.5", "Fysiotherapie", "Andere indicatie") if word in read
        ]


@pytest.mark.parametrize("who", ["lezer", "adviseur"])
def test_medical_roles_see_what_was_done(log_in, request, indiener, begun, who):
    log_in(indiener).post(page_of(begun, "activiteiten/nieuw/"), did(-8))
    read = text(log_in(request.getfixturevalue(who)).get(page_of(begun)))
    assert "M54.5" in read and "190961" in read
    assert "Activiteit vastleggen" not in read


@pytest.mark.parametrize("who", ["other_indiener", "other_adviseur"])
def test_another_organisation_finds_nothing(log_in, request, begun, who):
    browser = log_in(request.getfixturevalue(who))
    row = Subtraject.objects.get()
    assert browser.get(page_of(begun)).status_code == 404
    assert "ZT20261" not in text(browser.get(LIST)) + text(browser.get(f"{LIST}?q=")) + text(browser.get(NEAR))
    if who == "other_indiener":
        for path in ("activiteiten/nieuw/", "afronden/", f"subtrajecten/{row.pk}/vervolg/"):
            assert browser.post(page_of(begun, path), did()).status_code == 404


def test_a_subtraject_of_another_zorgtraject_is_not_there(log_in, indiener, begun, provider, insurer):
    other = traject(provider, insurer, begun.registered_by)
    row = subtraject(other)
    assert log_in(indiener).post(page_of(begun, f"subtrajecten/{row.pk}/gedeclareerd/")).status_code == 404


def test_a_list_is_searched_by_the_whole_number(log_in, indiener, begun):
    browser = log_in(indiener)
    assert "ZT20261" in text(browser.get(LIST, {"q": "zt-2026 1"}))
    for typed in ("ZT2026", "\x00", "é" * 60, "zt"):
        assert "Wij vinden geen zorgtraject" in text(browser.get(LIST, {"q": typed})) or typed == "\x00"


# -- threatens to close ----------------------------------------------------------------------------------------------


@pytest.fixture
def closing(indiener, provider, insurer, begun):
    """Return zorgtrajecten of which the subtraject closes in 5, 10 and 25 days."""
    made = []
    for days, ground, indication in (
        (5, Ground.IDLE, Indication.OTHER),
        (10, Ground.LONGEST, Indication.CHRONIC_PAIN),
        (25, Ground.IDLE, Indication.OTHER),
    ):
        one = traject(provider, insurer, begun.registered_by, indication=indication.value, number=f"SLUIT{days}")
        subtraject(one, opened_on=today(days - 110), closes_on=today(days), closes_by=ground.value)
        made.append(one)
    return made


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["SLUIT5", "SLUIT10", "SLUIT25"]),
        ({"binnen": "14"}, ["SLUIT5", "SLUIT10"]),
        ({"binnen": "7"}, ["SLUIT5"]),
        ({"grond": "42_dagen"}, ["SLUIT5", "SLUIT25"]),
        ({"grond": "120_dagen"}, ["SLUIT10"]),
        ({"indicatie": "chronic_pain"}, ["SLUIT10"]),
        ({"binnen": "x", "grond": "x", "ander": "9" * 40, "pagina": "-3"}, ["SLUIT5", "SLUIT10", "SLUIT25"]),
    ],
)
@pytest.mark.parametrize("who", ["indiener", "adviseur"])
def test_what_closes_soon_is_sorted_and_filtered(log_in, request, closing, asked, numbers, who):
    answer = log_in(request.getfixturevalue(who)).get(NEAR, asked)
    assert [one["traject"].number for one in answer.context["rows"]] == numbers
    assert "Nog 5 dagen" in text(answer) or "SLUIT5" not in numbers
    assert ("Start een vervolgaanvraag" in text(answer)) == (who == "indiener")


def test_administration_does_not_filter_by_indication(log_in, medewerker, closing):
    answer = log_in(medewerker).get(NEAR, {"indicatie": "chronic_pain"})
    assert len(answer.context["rows"]) == 3


def test_the_dashboard_says_how_many(log_in, indiener, closing):
    assert "3 subtrajecten sluiten binnen 30 dagen" in text(log_in(indiener).get("/aanvragen/"))


# -- the vervolg -----------------------------------------------------------------------------------------------------


def test_a_vervolg_is_begun_in_one_click_and_once(log_in, indiener, begun):
    browser, row = log_in(indiener), Subtraject.objects.get()
    browser.post(page_of(begun, "activiteiten/nieuw/"), did(-8))
    path, key = page_of(begun, f"subtrajecten/{row.pk}/vervolg/"), browser.get(page_of(begun)).context["key"]
    answers = [browser.post(path, {"key": str(key)}) for _ in range(2)]
    draft = AuthorizationRequest.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/aanvragen/{draft.reference}/stap/patient/"}
    assert draft.kind == "msr_follow_up"
    assert draft.reading["insured"]["bsn"] == BSN
    assert draft.reading["follow_up"] == {"zorgtrajectnummer": "ZT20261", "minutes_used": 30}
    row.refresh_from_db()
    assert draft.planned_start_on == row.closes_on + timedelta(days=1)


def test_another_click_later_leads_to_the_vervolg_that_there_is(log_in, indiener, begun):
    browser, row = log_in(indiener), Subtraject.objects.get()
    for _ in range(2):
        browser.post(page_of(begun, f"subtrajecten/{row.pk}/vervolg/"), {"key": str(uuid.uuid4())})
    assert AuthorizationRequest.objects.count() == 1


def test_opening_the_address_of_the_button_leads_to_the_page(log_in, indiener, begun):
    path = page_of(begun, f"subtrajecten/{Subtraject.objects.get().pk}/vervolg/")
    assert log_in(indiener).get(path)["Location"] == page_of(begun)


def test_the_page_leads_to_the_simulator_with_days_only(log_in, indiener, begun):
    browser = log_in(indiener)
    browser.post(page_of(begun, "activiteiten/nieuw/"), did(-8))
    address = browser.get(page_of(begun)).context["simulator_url"]
    assert "ZT" not in address and "pain" not in address and BSN not in address
    on = today(-8)
    assert f"{on.day}-{on.month}-{on.year}" in browser.get(address).content.decode()


def test_what_was_removed_in_another_tab_is_said(log_in, indiener, begun):
    done = activity(begun, performed_on=today(-8), registered_at=timezone.now())
    subtrajects.remove(activity_id=done.pk, reason="Dubbel", by=indiener, now=timezone.now())
    assert (
        log_in(indiener).post(page_of(begun, f"activiteiten/{done.pk}/verwijderen/"), {"reason": "x"}).status_code
        == 404
    )


RELEASED = {"soort": "zorgactiviteit", "geldig_vanaf": "2014-01-01"}


@pytest.fixture
def release():
    """A release that knows a code that our list doesn't have, and says that one of our list has ended."""
    mine, ended = RELEASED | {"code": "123456", "omschrijving": "Nieuw"}, RELEASED | {"code": "190961"}
    return loaded(canonical(mine, ended | {"omschrijving": "Oud", "geldig_tot": "2019-12-31"}))


def test_a_code_of_a_release_needs_no_confirmation(log_in, indiener, begun, release):
    assert log_in(indiener).post(page_of(begun, "activiteiten/nieuw/"), did(code="123456")).status_code == 302


def test_a_code_that_was_not_valid_on_the_day_is_asked_about(log_in, indiener, begun, release):
    browser, page = log_in(indiener), page_of(begun, "activiteiten/nieuw/")
    answer = browser.post(page, did(code="190961"))
    assert answer.status_code == 422
    assert "niet geldig: de code was toen beëindigd" in str(answer.context["form"].errors["code"])
    assert browser.post(page, did(code="190961", onbekend="190961")).status_code == 302


def offered(page):
    return {one.code for one, holds in page.context["codes"] if holds}


def test_there_is_to_choose_from_the_codes_of_the_day(log_in, indiener, begun):
    browser, page = log_in(indiener), page_of(begun, "activiteiten/nieuw/")
    assert "190961" in offered(browser.get(page))
    mine = RELEASED | {"code": "190961", "omschrijving": "Oud"}
    loaded(canonical(mine | {"geldig_tot": "2019-12-31"}))
    shown = browser.get(page)
    assert "190961" not in offered(shown) and "190962" in offered(shown)
    content = shown.content.decode()
    assert 'list="codes"' in content and '<datalist id="codes" data-day="performed_on">' in content
    assert '<option value="190961" data-from="2014-01-01" data-until="2019-12-31" disabled>Oud</option>' in content
