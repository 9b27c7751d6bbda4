"""Zorgtrajectnummers that change: what stands out, recording it, and finding a zorgtraject by its old number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from authorizations.domain.subtrajects import DotZorgtype
from authorizations.domain.terms import Indication
from authorizations.models import NumberSignal, TrajectNumber, Zorgactiviteit, Zorgtraject
from authorizations.queries import traject_imports
from authorizations.queries import traject_numbers as asked
from authorizations.services import subtrajects, traject_numbers
from tests.factories import authorizations as make
from tests.factories.subtrajects import BSN

pytestmark = pytest.mark.django_db
LIST, NUMBERS = "/zorgtrajecten/", "/zorgtrajecten/nummers/"
RECORD = f"{NUMBERS}omzetten/"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def text(answer):
    return " ".join(answer.content.decode().split())


def filled(old="OUD1", new="NIEUW1", **changes):
    day = today(-1)
    return {"old_number": old, "new_number": new, "reason": "softwarewissel", "from_agb": "",
            "changed_on_0": str(day.day), "changed_on_1": str(day.month), "changed_on_2": str(day.year),
            **changes}  # fmt: skip


@pytest.fixture
def begin(insurer, indiener):
    """Return what begins a zorgtraject under a number."""

    def begun(number, *, diagnosis="M79.7", bsn=BSN, by=indiener, at=insurer, **more):
        version = make.policy_version(at, "zilveren-kruis-msr" if at == insurer else "asr-revalidatie-2020")
        return subtrajects.begin(
            number=number, insurer_id=at.pk, policy_version=version, indication=Indication.OTHER,
            patient=subtrajects.Patient(bsn, "K.", "Voorbeeld", None), opened_on=today(-30), diagnosis=diagnosis,
            zorgtype=DotZorgtype.FIRST, by=by, now=timezone.now(), **more,
        )  # fmt: skip

    return begun


def test_another_number_for_the_same_care_stands_out_and_is_settled_by_recording_it(
    log_in, indiener, medewerker, adviseur, begin
):
    old, new = begin("OUD1"), begin("NIEUW1")
    browser = log_in(indiener)
    page = text(browser.get(f"{LIST}{new.pk}/"))
    assert "Een ander nummer voor dezelfde zorg?" in page and "OUD1" in page
    for actor in (adviseur, medewerker):
        looking = log_in(actor)
        page = text(looking.get(f"{LIST}{new.pk}/"))
        assert "eerder zorgtrajectnummer OUD1" in page and "nog niet vastgelegd waarom" in page
        assert "Ander nummer" in text(looking.get(LIST)) and "NIEUW1" in text(looking.get(NUMBERS))
    assert "M79" not in text(log_in(medewerker).get(f"{LIST}{new.pk}/"))
    form = browser.get(RECORD, {"signaal": NumberSignal.objects.get().pk})
    assert 'value="OUD1"' in text(form) and 'value="NIEUW1"' in text(form)
    assert browser.post(RECORD, filled()).status_code == 302
    signal = NumberSignal.objects.get()
    assert (signal.state, signal.answered_by_id) == ("omgezet", indiener.user_id)
    page = text(browser.get(f"{LIST}{new.pk}/"))
    assert "Een ander nummer voor dezelfde zorg?" not in page
    assert "Bekijk wat onder nummer" in page and "Zorgtrajectnummer OUD1 werd NIEUW1" in page
    assert "Nu bekend als NIEUW1" in text(browser.get(f"{LIST}{old.pk}/"))
    assert "heeft de omzetting vastgelegd" in text(log_in(medewerker).get(f"{LIST}{new.pk}/"))


@pytest.mark.parametrize("said", ["no diagnosis", "other diagnosis", "other insured", "privacyverklaring"])
def test_what_may_be_other_care_does_not_stand_out(begin, said):
    begin("OUD1")
    more = {
        "no diagnosis": {"diagnosis": ""},
        "other diagnosis": {"diagnosis": "M54.5"},
        "other insured": {"bsn": "999990019"},
        "privacyverklaring": {"privacyverklaring": True},
    }[said]
    begin("NIEUW1", **more)
    assert not NumberSignal.objects.exists()


def test_an_insurer_does_not_learn_of_care_at_another_insurer(log_in, begin, other_insurer, medewerker):
    begin("OUD1", at=other_insurer)
    new = begin("NIEUW1")
    assert NumberSignal.objects.get().zorgtraject == new
    for page in (LIST, NUMBERS, f"{LIST}{new.pk}/"):
        assert "OUD1" not in text(log_in(medewerker).get(page))


def test_what_was_recorded_before_does_not_stand_out(log_in, indiener, begin):
    begin("OUD1")
    log_in(indiener).post(RECORD, filled())
    begin("NIEUW1")
    assert not NumberSignal.objects.exists()


def test_a_new_zorgtraject_is_said_to_be_new_once(log_in, indiener, lezer, begin):
    begin("OUD1")
    new = begin("NIEUW1")
    button = f"{NUMBERS}signalen/{NumberSignal.objects.get().pk}/nieuw/"
    assert log_in(lezer).post(button).status_code == 403
    browser = log_in(indiener)
    for words in ("is een nieuw zorgtraject", "Dit was al uitgelegd"):
        assert words in text(browser.post(button, follow=True))
    assert NumberSignal.objects.get(zorgtraject=new).state == "nieuw"


@pytest.mark.parametrize("number", ["OUD1", "oud-1", "MIDDEN1", "NIEUW1"])
def test_a_zorgtraject_is_found_by_every_number_on_both_sides(log_in, indiener, medewerker, begin, number):
    begin("OUD1")
    browser = log_in(indiener)
    browser.post(RECORD, filled("OUD1", "MIDDEN1"))
    browser.post(RECORD, filled("MIDDEN1", "NIEUW1"))
    for actor in (indiener, medewerker):
        page = text(log_in(actor).get(LIST, {"q": number}))
        assert ">OUD1</a>" in page and 'nu bekend als <span class="mp-code">NIEUW1' in page
        assert ("gevonden op nummer" in page) == (number == "MIDDEN1")


def test_activities_that_new_software_sends_find_the_zorgtraject(log_in, indiener, other_indiener, begin):
    old = begin("OUD1")
    log_in(indiener).post(RECORD, filled())
    assert traject_imports.named(indiener, {"NIEUW1", "ANDERS"}) == {"NIEUW1": old.pk}
    assert traject_imports.named(other_indiener, {"NIEUW1", "OUD1"}) == {}
    new = begin("NIEUW1")
    assert traject_imports.named(indiener, {"NIEUW1", "OUD1"}) == {"NIEUW1": new.pk, "OUD1": old.pk}


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"old_number": ""}, "old_number", "Vul het zorgtrajectnummer in"),
        ({"old_number": "ONBEKEND"}, "old_number", "geen zorgtraject met een van deze nummers"),
        ({"new_number": "OUD1"}, "new_number", "hetzelfde"),
        ({"new_number": "Z" * 10_000}, "new_number", "te lang"),
        ({"new_number": "ANDER"}, "new_number", "verschillende patiënten"),
        ({"new_number": BSN}, "new_number", "burgerservicenummer"),
        ({"reason": "zomaar"}, "reason", "Kies"),
        ({"changed_on_2": "20260"}, "changed_on", "datum"),
        ({"changed_on_2": str(today().year + 1)}, "changed_on", "toekomst"),
        ({"from_agb": "12345678"}, "from_agb", "fusie"),
        ({"old_number": "ONBEKEND", "from_agb": "12345678", "reason": "fusie"}, "new_number", "geen zorgtraject"),
    ],
)
def test_what_is_wrong_stands_at_its_field(log_in, indiener, begin, changes, field, words):
    begin("OUD1")
    begin("ANDER", bsn="999990019")
    answer = log_in(indiener).post(RECORD, filled(**changes))
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors[field])
    assert not TrajectNumber.objects.exists()


def test_a_number_of_an_institution_that_merged_is_recorded_and_found(log_in, indiener, medewerker, begin):
    begin("OUD1", bsn="999990019")
    begin("NIEUW1")
    told = filled("OUD1", "NIEUW1", reason="fusie", from_agb="12345678")
    assert log_in(indiener).post(RECORD, told).status_code == 302
    page = text(log_in(medewerker).get(LIST, {"q": "OUD1"}))
    assert ">NIEUW1</a>" in page and ">OUD1</a>" in page


def test_double_clicked_twice_told_and_withdrawn(log_in, indiener, begin):
    begin("OUD1")
    begin("NIEUW1")
    browser = log_in(indiener)
    assert [browser.post(RECORD, filled()).status_code for _ in range(2)] == [302, 422]
    button = f"{NUMBERS}{TrajectNumber.objects.get().pk}/intrekken/"
    for words in ("telt niet meer", "was al ingetrokken"):
        assert words in text(browser.post(button, follow=True))
    assert NumberSignal.objects.get().state == "open"
    assert browser.post(RECORD, filled()).status_code == 302
    assert NumberSignal.objects.get().state == "omgezet"


def test_another_institution_finds_nothing_and_changes_nothing(log_in, indiener, other_indiener, begin):
    traject = begin("OUD1")
    begin("NIEUW1")
    log_in(indiener).post(RECORD, filled())
    browser, row, signal = log_in(other_indiener), TrajectNumber.objects.get(), NumberSignal.objects.get()
    assert "OUD1" not in text(browser.get(NUMBERS)) + text(browser.get(RECORD, {"signaal": signal.pk}))
    assert "OUD1" not in text(browser.get(RECORD, {"zorgtraject": traject.pk}))
    assert browser.post(f"{NUMBERS}{row.pk}/intrekken/").status_code == 404
    assert browser.post(f"{NUMBERS}signalen/{signal.pk}/nieuw/").status_code == 404
    assert browser.post(RECORD, filled("NIEUW1", "EIGEN")).status_code == 422
    assert browser.get(RECORD, {"signaal": "9" * 30, "zorgtraject": "x"}).status_code == 200


def test_what_stands_under_the_old_number_stays_and_goes_with_its_zorgtraject(log_in, indiener, begin):
    old = begin("OUD1")
    log_in(indiener).post(RECORD, filled())
    new = begin("NIEUW1")
    assert [one.number for one in asked.of_line(indiener, new, asked.line_of(indiener, new))] == ["OUD1"]
    assert Zorgactiviteit.objects.count() == 0
    old.delete()
    assert not TrajectNumber.objects.exists() and Zorgtraject.objects.get() == new


def test_who_does_not_file_records_nothing(lezer, begin):
    begin("OUD1")
    told = traject_numbers.Told("OUD1", "NIEUW1", traject_numbers.rules.NumberReason.SOFTWARE, today())
    with pytest.raises(traject_numbers.NotAllowed, match="Alleen een indiener"):
        traject_numbers.record(told, by=lezer, now=timezone.now())
