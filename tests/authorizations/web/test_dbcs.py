"""Zorgtrajecten in the GGZ: beginning one, its dbc's, and what each side sees."""

from datetime import date

import pytest

from authorizations.domain.dbcs import Dbc as Told
from authorizations.domain.dbcs import DbcKind
from authorizations.models import Dbc, NumberSignal, TrajectInsured, Zorgtraject
from authorizations.queries import keeping
from authorizations.services import dbcs
from ggz_codes.services import catalogue
from tests.factories import authorizations as make
from tests.factories import dbcs as ggz
from tests.factories.subtrajects import BSN, NOW

pytestmark = pytest.mark.django_db
LIST, BEGIN = "/zorgtrajecten/", "/zorgtrajecten/ggz/nieuw/"


def text(answer):
    return " ".join(answer.content.decode().split())


def parts(name, day):
    return {f"{name}_0": str(day.day), f"{name}_1": str(day.month), f"{name}_2": str(day.year)} if day else {}


def filled(opened_on=date(2020, 3, 2), closed_on=None, **changes):
    typed = {"number": "ggz 2020-1", "policy": ggz.POLICY, "bsn": BSN, "initials": "K.", "surname": "Voorbeeld",
             "diagnosis_code": "f32.1", "zorgtype": "155", **parts("birth_date", date(1981, 4, 2)),
             **parts("opened_on", opened_on), **parts("closed_on", closed_on)}  # fmt: skip
    return {**typed, **changes}


@pytest.fixture(autouse=True)
def policies(insurer):
    make.policy_version(insurer, ggz.POLICY)


@pytest.fixture
def begun(indiener, insurer):
    return ggz.traject(indiener, insurer)


def told(opened_on, closed_on=None, zorgtype="255"):
    return {"zorgtype": zorgtype, **parts("opened_on", opened_on), **parts("closed_on", closed_on)}


def test_a_zorgtraject_is_begun_closed_and_goes_on(log_in, indiener, adviseur, medewerker):
    browser = log_in(indiener)
    assert "155" in text(browser.get(BEGIN))
    assert browser.post(BEGIN, filled()).status_code == 302
    traject = Zorgtraject.objects.get()
    assert (traject.number, traject.indication, traject.diagnosis) == ("GGZ20201", "psychic", "F32.1")
    home = f"{LIST}{traject.pk}/"
    assert "Sluit de dbc" in text(browser.get(home))
    assert browser.post(f"{home}dbcs/nieuw/", told(date(2020, 6, 1))).status_code == 422
    first = traject.dbcs.get()
    closing = f"{home}dbcs/{first.pk}/sluiten/"
    assert browser.post(closing, parts("closed_on", date(2021, 3, 3))).status_code == 422
    assert browser.post(closing, parts("closed_on", date(2020, 12, 31))).status_code == 302
    assert "al gesloten" in text(browser.post(closing, parts("closed_on", date(2020, 12, 31))))
    assert browser.post(f"{home}dbcs/nieuw/", told(date(2021, 1, 1))).status_code == 302
    page = text(browser.get(home))
    assert "2, vervolg" in page and "1 januari 2021" in page and "F32.1" in page
    assert "Initiële dbc van 2 maart 2020: gesloten op 31 december 2020" in page
    assert "2 dbc’s, sinds" in text(browser.get(LIST)) and "2 dbc’s, sinds" in text(log_in(medewerker).get(LIST))
    assert "F32.1" in text(log_in(adviseur).get(home))
    seen = text(log_in(medewerker).get(home))
    assert "2, vervolg" in seen and "F32" not in seen and "Voorbeeld" not in seen and "Psychische" not in seen


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"number": ""}, "number", "zorgtrajectnummer"),
        ({"number": BSN}, "number", "BSN van de patiënt"),
        ({"number": "9" * 10_000}, "number", "te lang"),
        ({"bsn": ""}, "bsn", "BSN"),
        ({"surname": ""}, "surname", "Achternaam"),
        ({"zorgtype": "255"}, "zorgtype", "voor een vervolg"),
        ({"zorgtype": "110"}, "zorgtype", "geldt niet voor een dbc van 2 maart 2020"),
        ({"zorgtype": "9" * 10_000}, "zorgtype", "te lang"),
        ({"zorgtype": ""}, "zorgtype", "Vul het zorgtype in"),
        (parts("opened_on", date(2199, 1, 1)), "opened_on", "toekomst"),
        (parts("opened_on", date(1990, 1, 1)), "opened_on", "geen beleid"),
        (parts("closed_on", date(2021, 3, 3)), "closed_on", "365 dagen"),
        (parts("birth_date", date(2020, 3, 3)), "opened_on", "nog niet geboren"),
        ({"privacyverklaring": "on"}, "diagnosis_code", "Met een privacyverklaring"),
        ({"policy": "zilveren-kruis-msr"}, "policy", "Kies"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(log_in, indiener, insurer, changes, field, words):
    make.policy_version(insurer)
    catalogue.load()
    answer = log_in(indiener).post(BEGIN, filled(**changes))
    assert answer.status_code == 422
    assert words.lower() in str(answer.context["form"].errors[field]).lower()
    assert 'value="K."' in answer.content.decode()
    assert not Zorgtraject.objects.exists() and not TrajectInsured.objects.exists()


def test_with_a_privacyverklaring_no_diagnosis_is_kept_or_compared(log_in, indiener, begun):
    answer = log_in(indiener).post(BEGIN, filled(privacyverklaring="on", diagnosis_code=""))
    assert answer.status_code == 302
    assert Zorgtraject.objects.get(privacyverklaring=True).diagnosis == ""
    assert not NumberSignal.objects.exists()


def test_the_same_diagnosis_under_another_number_stands_out(log_in, indiener, begun):
    assert log_in(indiener).post(BEGIN, filled()).status_code == 302
    assert NumberSignal.objects.get().earlier == begun
    page = text(log_in(indiener).get(f"{LIST}{NumberSignal.objects.get().zorgtraject_id}/"))
    assert "Een ander nummer voor dezelfde zorg?" in page


def test_a_dbc_is_removed_and_registered_anew(log_in, indiener, begun):
    browser, home = log_in(indiener), f"{LIST}{begun.pk}/"
    removing = f"{home}dbcs/{begun.dbcs.get().pk}/verwijderen/"
    assert "Verwijder de dbc" in text(browser.get(removing))
    assert [browser.post(removing).status_code for _ in range(2)] == [302, 404]
    assert "Er is geen dbc die telt" in text(browser.get(home)) and "0 dbc’s" in text(browser.get(LIST))
    assert browser.post(f"{home}dbcs/nieuw/", told(date(2020, 3, 3), date(2020, 9, 1), "155")).status_code == 302
    assert browser.post(f"{home}dbcs/nieuw/", told(date(2020, 9, 2))).status_code == 302
    first = begun.dbcs.get(opened_on=date(2020, 3, 3))
    answer = browser.post(f"{home}dbcs/{first.pk}/verwijderen/")
    assert answer.status_code == 422 and "Verwijder eerst het vervolg" in text(answer)


def test_others_find_no_dbc_and_msr_has_none(log_in, indiener, lezer, other_indiener, begun):
    home = f"{LIST}{begun.pk}/"
    dbc = begun.dbcs.get()
    for more in ("nieuw/", f"{dbc.pk}/sluiten/", f"{dbc.pk}/verwijderen/"):
        assert log_in(lezer).get(f"{home}dbcs/{more}").status_code == 403
        assert log_in(other_indiener).post(f"{home}dbcs/{more}").status_code == 404
    assert log_in(indiener).get(f"{home}activiteiten/nieuw/").status_code == 404


def test_it_goes_when_it_was_kept_long_enough(indiener, insurer, begun):
    version = begun.policy_version
    limits = make.shipped()[ggz.POLICY].limits

    def due():
        return list(keeping.trajects_kept_longest(version, limits, today=date(2066, 1, 1)))

    assert due() == []
    row = begun.dbcs.get()
    dbcs.close(dbc_id=row.pk, closed_on=date(2020, 12, 1), by=indiener, now=NOW)
    dbcs.add(
        zorgtraject_id=begun.pk, told=Told(DbcKind.VERVOLG, "255", date(2020, 12, 2), date(2021, 2, 1)), by=indiener,
        now=NOW,
    )  # fmt: skip
    assert [one.ended_on for one in due()] == [date(2021, 2, 1)]
    due()[0].delete()
    assert not Dbc.objects.exists()
