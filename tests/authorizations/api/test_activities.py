"""Activities from a program: all or none, with what they do."""

import json

import pytest

from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from authorizations.models import ApiCall, Subtraject, SubtrajectEvent, SubtrajectWarning, Zorgactiviteit
from authorizations.services import subtrajects
from tests.factories.programs import ACTIVITIES, NOW, Program, item
from tests.factories.subtrajects import BSN, day
from tests.factories.told import Told

pytestmark = pytest.mark.django_db
NOTHING = (0, 1, 0)
"""Nothing was registered: no activity, only the opening that was told, no call kept."""


def kept():
    return Zorgactiviteit.objects.count(), SubtrajectEvent.objects.count(), ApiCall.objects.count()


def problem(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    said = answer.json()
    assert said["status"] == status and said["title"]
    return said


def errors(answer):
    return [(one["item"], one["kolom"], one["code"]) for one in problem(answer, 422)["errors"]]


def test_activities_are_registered_in_the_name_of_who_the_key_is_of(program, told, indiener):
    answer = program.send(item(0), item(7, aantal=4))
    assert answer.status_code == 201 and "no-store" in answer["Cache-Control"]
    said = answer.json()
    number = told.traject.pk
    assert said["proef"] is False
    assert said["activiteiten"] == [
        {"item": 1, "zorgtraject": number, "stand": "nieuw"},
        {"item": 2, "zorgtraject": number, "stand": "nieuw"},
    ]
    [traject] = said["zorgtrajecten"]
    assert (traject["id"], traject["zorgtrajectnummer"]) == (number, told.traject.number)
    assert [one["code"] for one in traject["gevolgen"]] == ["andere_sluitdatum"]
    assert "Subtraject van 3 augustus 2026: sluit niet op" in traject["gevolgen"][0]["tekst"]
    assert traject["subtrajecten"] == [
        {
            "zorgtype": "11",
            "geopend_op": day(0).isoformat(),
            "sluit_op": day(49).isoformat(),
            "gesloten_op": day(49).isoformat(),
            "redenen": ["42_dagen"],
            "afgerond_op": None,
            "gedeclareerd": False,
            "correctie_nodig": False,
        }
    ]
    registered = Zorgactiviteit.objects.order_by("performed_on").values_list("performed_on", "units", "registered_by")
    assert list(registered) == [(day(0), 1, indiener.user_id), (day(7), 4, indiener.user_id)]


def test_what_stood_there_stays_and_is_said(program, told):
    told.did(7)
    answer = program.send(item(7), item(8))
    assert [one["stand"] for one in answer.json()["activiteiten"]] == ["stond_er_al", "nieuw"]
    again = program.send(item(7), item(8))
    assert again.status_code == 200
    assert [one["stand"] for one in again.json()["activiteiten"]] == ["stond_er_al"] * 2
    assert again.json()["zorgtrajecten"][0]["gevolgen"] == []
    assert Zorgactiviteit.objects.count() == 2


def test_several_zorgtrajecten_in_one_call(program, told, indiener, insurer):
    other = Told(indiener, insurer, number="ZT2")
    said = program.send(item(7, zorgtrajectnummer="ZT2"), item(7), item(9, zorgtrajectnummer="ZT2")).json()
    assert [one["zorgtraject"] for one in said["activiteiten"]] == [other.traject.pk, told.traject.pk, other.traject.pk]
    assert [one["id"] for one in said["zorgtrajecten"]] == sorted([told.traject.pk, other.traject.pk])
    assert set(AccessEvent.objects.latest("id").dossiers) == {told.traject.number, other.traject.number}


def test_one_fault_and_nothing_is_registered_and_all_faults_are_told(program, told):
    bad = [
        item(7),
        item(8, zorgactiviteit="19"),
        item(-3),
        item(9, zorgtrajectnummer="ZT-ONBEKEND"),
        item(7),
        item(10, discipline="tovenaar", aantal=0),
    ]
    answer = program.send(*bad)
    assert errors(answer) == [
        (2, "zorgactiviteit", "mangled"),
        (3, "uitgevoerd_op", "early"),
        (4, "zorgtrajectnummer", "unknown"),
        (5, "zorgactiviteit", "twice"),
        (6, "discipline", "discipline"),
        (6, "aantal", "amount"),
    ]
    assert "item 1" in answer.json()["errors"][3]["melding"]
    assert answer.json()["errors"][0]["waarde"] == "19"
    assert kept() == NOTHING
    row = AccessEvent.objects.latest("id")
    assert (row.kind, row.outcome, row.dossiers) == (
        Kind.ACTIVITIES_TOLD.value, Outcome.NOT_DONE, [told.traject.number],
    )  # fmt: skip


def test_a_call_that_is_mended_may_have_the_same_key(program, told):
    assert errors(program.send(item(7, aantal=0), key="dezelfde-sleutel")) == [(1, "aantal", "amount")]
    assert program.send(item(7, aantal=2), key="dezelfde-sleutel").status_code == 201


def test_the_number_of_another_organisation_is_unknown(program, told, other_indiener, insurer):
    theirs = Told(other_indiener, insurer, number="ZT-VAN-EEN-ANDER")
    there, nowhere = (
        program.send(item(7, zorgtrajectnummer=number)) for number in (theirs.traject.number, "ZT-VAN-NIEMAND")
    )
    assert errors(there) == errors(nowhere) == [(1, "zorgtrajectnummer", "unknown")]
    assert there.json()["errors"][0]["melding"] == nowhere.json()["errors"][0]["melding"]
    assert not Zorgactiviteit.objects.exists()
    assert AccessEvent.objects.latest("id").dossiers == []


def test_a_burgerservicenummer_is_not_repeated(program, told):
    answer = program.send(item(7, zorgtrajectnummer=BSN), item(8, **{BSN: BSN}), item(9, discipline=BSN))
    assert len(problem(answer, 422)["errors"]) == 3
    assert BSN not in answer.content.decode()
    assert BSN not in str(list(AccessEvent.objects.values()))


def test_what_was_removed_is_not_registered_again_by_a_program(program, told, indiener):
    activity = told.did(7)
    subtrajects.remove(activity_id=activity.pk, reason="Vergissing", by=indiener, now=NOW)
    assert errors(program.send(item(7))) == [(1, "zorgactiviteit", "removed")]


@pytest.mark.parametrize(
    ("before", "late", "codes", "opened"),
    [
        ([0], [30], ["andere_sluitdatum"], [0]),
        ([0], [60], ["geopend"], [0, 43]),
        ([0, 60], [30], ["andere_sluitdatum", "vervallen"], [0]),
        ([0], [90, 30, 60], ["heropend"], [0]),
    ],
)
def test_a_late_activity_tells_what_it_does(program, told, before, late, codes, opened):
    program.send(*(item(number) for number in before))
    said = program.send(*(item(number) for number in late)).json()["zorgtrajecten"][0]
    assert [one["code"] for one in said["gevolgen"]] == codes
    assert [row["geopend_op"] for row in said["subtrajecten"]] == [day(number).isoformat() for number in opened]
    assert list(Subtraject.objects.order_by("opened_on").values_list("opened_on", flat=True)) == [
        day(number) for number in opened
    ]


def test_what_was_declared_asks_for_a_person(program, told, indiener):
    program.send(item(0))
    subtrajects.declare(subtraject_id=told.row().pk, by=indiener, now=NOW)
    said = program.send(item(7)).json()["zorgtrajecten"][0]
    assert [one["code"] for one in said["gevolgen"]] == ["correctie_nodig"]
    assert [(row["gedeclareerd"], row["correctie_nodig"]) for row in said["subtrajecten"]] == [(True, True)]


# -- a trial ---------------------------------------------------------------------------------------------------------


def test_a_trial_answers_the_same_and_keeps_nothing(program, told):
    trial = program.send(item(0), item(7), path=f"{ACTIVITIES}?proef=1", key="")
    assert trial.status_code == 200 and trial.json()["proef"] is True
    assert kept() == NOTHING
    row = AccessEvent.objects.latest("id")
    assert (row.kind, row.detail["proef"], row.dossiers) == (Kind.TRAJECT_READ.value, True, [told.traject.number])
    real = program.send(item(0), item(7))
    assert real.json() == trial.json() | {"proef": False}


def test_a_trial_has_the_same_faults(program, told):
    assert errors(program.send(item(-3), path=f"{ACTIVITIES}?proef=1")) == [(1, "uitgevoerd_op", "early")]


def test_a_trial_with_a_key_does_not_use_it_up(program, told):
    assert program.send(item(7), path=f"{ACTIVITIES}?proef=1", key="een-sleutel").status_code == 200
    assert program.send(item(8), key="een-sleutel").status_code == 201


@pytest.mark.parametrize("value", ["ja", "2", "true", "01"])
def test_a_trial_that_is_mistyped_registers_nothing(program, told, value):
    problem(program.send(item(7), path=f"{ACTIVITIES}?proef={value}"), 400)
    assert kept() == NOTHING


# -- what can't be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
)
def test_another_kind_of_content_is_refused(program, told, kind):
    problem(program.raw(json.dumps([item()]).encode(), kind=kind), 415)
    assert kept() == NOTHING


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b" ", 400),
        (b"{", 400),
        (b"\xff\xfe[\x00]\x00", 400),
        (b'[{"aantal": NaN}]', 400),
        (b'[{"aantal": 1, "aantal": 2}]', 400),
        (b"[" * 100_000, 400),
        (b'[{"aantal": ' + b"9" * 5000 + b"}]", 400),
        (b"{}", 422),
        (b"null", 422),
        (b"[1]", 422),
        (b"[]", 422),
        (b"[" + b",".join([b"{}"] * 1001) + b"]", 413),
        (b'["' + b"x" * 1024 * 1024 + b'"]', 413),
        (b'[{"zorgtrajectnummer": "\\ud800"}]', 422),
        (b'[{"\\ud800": "x"}]', 422),
        (b'[{"zorgtrajectnummer": {"a": [[[[1]]]]}}]', 422),
    ],
)
def test_what_cannot_be_read_is_refused(program, told, body, status):
    problem(program.raw(body), status)
    assert kept() == NOTHING


def test_a_thousand_items_go_in_one_call(program, told):
    many = [item(number % 100, zorgactiviteit=f"19{number:04d}", zorgprofielklasse=19) for number in range(1000)]
    answer = program.send(*many)
    assert answer.status_code == 201
    assert Zorgactiviteit.objects.count() == 1000


@pytest.mark.parametrize("key", ["", "kort", "x" * 201, "met spatie", "é" * 10, "tab\there-en-meer"])
def test_without_a_good_idempotency_key_nothing_is_done(program, told, key):
    assert "Idempotency-Key" in problem(program.send(item(7), key=key), 400)["title"]
    assert kept() == NOTHING


def test_other_ways_of_asking_are_refused(program, told):
    assert problem(program.client.get(ACTIVITIES), 405)
    assert problem(program.client.post(f"/api/v1/zorgtrajecten/{told.traject.pk}"), 405)
    assert program.client.delete(ACTIVITIES).status_code == 405


# -- how a zorgtraject stands ----------------------------------------------------------------------------------------


def test_how_a_zorgtraject_stands(program, told):
    program.send(item(0, aantal=12), item(7, zorgactiviteit="190041"))
    answer = program.look(told.traject.pk)
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]
    said = answer.json()
    assert said["zorgtrajectnummer"] == told.traject.number
    assert said["subtrajecten"][0]["redenen"] == ["42_dagen"]
    assert said["waarschuwingen"] == []
    assert said["uren"] == [
        {
            "machtiging": None, "geldig_van": None, "geldig_tot_en_met": None, "niet_geteld": ["190041"],
            "disciplines": [
                {"discipline": "fysiotherapie", "toegekend": None, "gebruikt": 1.0, "meer_dan_toegekend": None}
            ],
        }
    ]  # fmt: skip
    row = AccessEvent.objects.latest("id")
    assert (row.kind, row.dossiers) == (Kind.TRAJECT_READ.value, [told.traject.number])


def test_only_the_own_warnings_are_told(program, indiener, insurer, told):
    warning = {"subtraject": told.row(), "ground": "120_dagen", "closes_on": day(120), "at": NOW}
    SubtrajectWarning.objects.create(organization_id=indiener.organization_id, days=14, **warning)
    SubtrajectWarning.objects.create(organization=insurer, days=7, **warning)
    assert program.look(told.traject.pk).json()["waarschuwingen"] == [
        {
            "subtraject_geopend_op": day(0).isoformat(), "reden": "120_dagen", "sluit_op": day(120).isoformat(),
            "dagen_ervoor": 14, "gegeven_op": day(110).isoformat(),
        }
    ]  # fmt: skip


def test_no_answer_says_whom_or_what_it_is_for(program, indiener, insurer):
    told = Told(indiener, insurer, diagnosis="M54.5")
    said = program.send(item(7)).content.decode() + program.look(told.traject.pk).content.decode()
    for secret in (BSN, "Voorbeeld", "M54", "1981", "indicatie"):
        assert secret not in said


def test_the_zorgtraject_of_another_is_not_there(program, other_indiener, insurer):
    theirs = Told(other_indiener, insurer)
    assert problem(program.look(theirs.traject.pk), 404) == problem(program.look(2_000_000_000), 404)
    assert program.look(10**30).status_code == 404


def test_a_key_of_the_other_organisation_sees_only_its_own(
    program, told, other_organisatiebeheerder, other_indiener, insurer
):
    other = Program(other_organisatiebeheerder, other_indiener)
    problem(other.look(told.traject.pk), 404)
    assert errors(other.send(item(7))) == [(1, "zorgtrajectnummer", "unknown")]
