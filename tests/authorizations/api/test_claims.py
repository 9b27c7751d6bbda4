"""Claims from a program: judged as lines of a file, once however often they are sent, and told with their last day."""

import json

import pytest
from django.db import connection
from jsonschema import Draft202012Validator

from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from authorizations.api import openapi
from authorizations.api.openapi_parts import composed
from authorizations.domain import declaration_items
from authorizations.domain.traject_import import HIDDEN
from authorizations.models import ApiCall, Declaration
from tests.factories.programs import Program
from tests.factories.subtrajects import BSN, day

pytestmark = pytest.mark.django_db
CLAIMS, KEY = "/api/v1/declaraties", "4f0c3f2e-declaraties-1"


def claim(number="D-1", **more):
    said = {
        "declaratienummer": number,
        "regime": "ZK_GGZ",
        "declaratiecode": "25B130",
        "code_herdeclaratie": "01",
        "geopend_op": day(0).isoformat(),
        "gesloten_op": day(50).isoformat(),
    }
    return {name: value for name, value in (said | more).items() if value is not ...}


def fits(answer, path, method, status):
    """Assert that an answer is as openapi.json tells, and return it."""
    assert answer.status_code == status, answer.content
    told = composed(tell() for tell in openapi.DOORS)
    [(kind, content)] = told["paths"][path][method]["responses"][str(status)]["content"].items()
    assert answer["Content-Type"] == kind
    Draft202012Validator(content["schema"] | {"components": told["components"]}).validate(answer.json())
    return answer.json()


@pytest.fixture
def send(program, insurer):
    def send(*items, ask="", **more):
        items = [one if "verzekeraar" in one else one | {"verzekeraar": insurer.name} for one in items]
        return program.send(*items, path=f"{CLAIMS}{ask}", **more)

    return send


def answer(program, pk, **said):
    return program.client.post(f"{CLAIMS}/{pk}", json.dumps(said), content_type="application/json")


def errors(told):
    return [(one["item"], one["kolom"], one["code"]) for one in told["errors"]]


def test_claims_are_kept_in_the_name_of_who_the_key_is_of_and_once(send, indiener):
    first = send(claim(), claim("D-2", gesloten_op=None, bsn=BSN, intake=True), key=KEY)
    told = fits(first, "/declaraties", "post", 201)
    rows = list(Declaration.objects.order_by("pk"))
    assert [(one.number, one.provider_id, one.registered_by_id) for one in rows] == [
        ("D-1", indiener.organization_id, indiener.user_id),
        ("D-2", indiener.organization_id, indiener.user_id),
    ]
    assert rows[1].bsn == BSN and rows[1].at_intake and BSN not in first.content.decode()
    assert [(one["item"], one["id"], one["stand"]) for one in told["declaraties"]] == [
        (1, rows[0].pk, "nieuw"), (2, rows[1].pk, "nieuw"),
    ]  # fmt: skip
    assert told["declaraties"][0]["laatste_dag"] == rows[0].last_day.isoformat() and told["fouten"] == []
    row = AccessEvent.objects.latest("id")
    assert (row.kind, set(row.dossiers), row.detail["nieuw"]) == (Kind.CLAIM_TOLD.value, {"DC D-1", "DC D-2"}, 2)

    again = send(claim(), claim("D-2", gesloten_op=None, bsn=BSN, intake=True), key=KEY)
    assert (again["Idempotent-Replayed"], again.content) == ("true", first.content)
    assert AccessEvent.objects.latest("id").kind == Kind.CLAIM_READ.value
    assert "voor iets anders" in send(claim("D-3"), key=KEY).json()["title"]
    # With another key it is the same row; what differs is brought up to date.
    other = fits(send(claim(), claim("D-2", bsn=BSN)), "/declaraties", "post", 200)
    assert [one["stand"] for one in other["declaraties"]] == ["ongewijzigd", "bijgewerkt"]
    assert Declaration.objects.count() == 2 and Declaration.objects.get(number="D-2").changed_by_id == indiener.user_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row_to_json(one)::text, '') FROM authorizations_apicall AS one")
        assert BSN not in cursor.fetchone()[0]


WRONG = [
    claim(),
    claim("D-2", declaratiecode="25B"),
    claim("D-3", gesloten_op="2026-02-30", code_herdeclaratie=1),
    claim("D-4", **{BSN: "x"}),
    claim("D-5", verzekeraar="Wie dan ook"),
    claim("D-6", ingediend_op=day(200).isoformat()),
    claim(),
    claim("D-8", antwoord="afgewezen", bsn="123456789"),
    claim("D-9", zorgtrajectnummer="ZT-VAN-EEN-ANDER"),
]
FAULTS = [
    (2, "declaratiecode", "code_unreadable"),
    (3, "code_herdeclaratie", "not_text"),
    (3, "gesloten_op", "closed_on_unreadable"),
    (4, HIDDEN, "name_unknown"),
    (5, "verzekeraar", "insurer_unknown"),
    (6, "ingediend_op", "handed_in_on_to_come"),
    (7, "declaratienummer", "twice"),
    (8, "bsn", "bsn_unreadable"),
    (9, "zorgtrajectnummer", "traject_unknown"),
]


def test_one_fault_and_none_is_kept_or_the_good_ones_and_the_others_are_named(send):
    refused = send(*WRONG, key=KEY)
    told = fits(refused, "/declaraties", "post", 422)
    assert errors(told) == FAULTS
    assert "item 1" in told["errors"][6]["melding"] and BSN not in refused.content.decode()
    assert not Declaration.objects.exists() and not ApiCall.objects.exists()
    assert AccessEvent.objects.latest("id").outcome == Outcome.NOT_DONE

    tried = fits(send(*WRONG, key="", ask="?alleen_goede=1&proef=1"), "/declaraties", "post", 200)
    assert tried["declaraties"][0]["id"] is None and not Declaration.objects.exists()
    # The key wasn't used up: nothing was done with it.
    good = fits(send(*WRONG, key=KEY, ask="?alleen_goede=1"), "/declaraties", "post", 201)
    assert [(one["item"], one["kolom"], one["code"]) for one in good["fouten"]] == FAULTS
    assert [one.number for one in Declaration.objects.all()] == ["D-1"]
    assert good == tried | {"proef": False, "declaraties": good["declaraties"]}
    only_wrong = send(*WRONG[1:3], ask="?alleen_goede=1")
    assert errors(fits(only_wrong, "/declaraties", "post", 422)) == [
        (1, *FAULTS[0][1:]),
        *((2, *one[1:]) for one in FAULTS[1:3]),
    ]


def test_the_list_goes_on_where_the_last_part_ended(send, program):
    # Day 50 + 6 months is far away; one is late, one is handed in, of one the last day isn't known yet.
    late = {"geopend_op": "2024-01-10", "gesloten_op": "2024-03-01"}
    send(
        claim("D-1"), claim("D-2", **late), claim("D-3", ingediend_op=day(60).isoformat()), claim("D-4", gesloten_op="")
    )
    first = fits(program.client.get(CLAIMS, {"aantal": 2}), "/declaraties", "get", 200)
    rest = fits(program.client.get(CLAIMS, {"aantal": 2, "na": first["na"]}), "/declaraties", "get", 200)
    stands = [(one["declaratienummer"], one["stand"]) for one in first["declaraties"] + rest["declaraties"]]
    assert stands == [("D-1", "loopt"), ("D-2", "te_laat"), ("D-3", "ingediend"), ("D-4", "wacht")]
    row = Declaration.objects.get(number="D-1")
    assert first["declaraties"][0]["dagen_over"] == (row.last_day - day(110)).days > 0
    assert first["declaraties"][1]["dagen_over"] < 0 and rest["declaraties"][0]["dagen_over"] is None
    assert rest["na"] is None and "toetsen" not in first["declaraties"][0]
    assert set(AccessEvent.objects.latest("id").dossiers) == {"DC D-3", "DC D-4"}
    checked = fits(program.client.get(CLAIMS, {"open": 1, "toetsen": 1}), "/declaraties", "get", 200)
    assert [one["declaratienummer"] for one in checked["declaraties"]] == ["D-1", "D-2", "D-4"]
    assert {one["toetsen"]["kanaal"] for one in checked["declaraties"]} == {"vecozo"}


@pytest.mark.parametrize(
    "asked", ["na=x", "na=-1", "na=" + "9" * 30, "aantal=0", "aantal=101", "aantal=26&toetsen=1", "open=ja"]
)
def test_what_may_not_be_asked_is_said(program, asked):
    answered = program.client.get(f"{CLAIMS}?{asked}")
    assert answered.status_code == 400 and answered.json()["detail"]


def test_a_claim_is_handed_in_and_answered(send, program, indiener):
    send(claim())
    pk = Declaration.objects.get().pk
    told = fits(answer(program, pk, ingediend_op=day(60).isoformat()), "/declaraties/{id}", "post", 200)
    assert (told["ingediend_op"], told["stand"], told["antwoord"]) == (day(60).isoformat(), "ingediend", None)
    assert {one["toets"] for one in told["toetsen"]["uitkomsten"]} == {"machtiging", "kanaal"}
    refusal = {"antwoord": "afgewezen", "retourcode": "0586", "antwoord_op": day(70).isoformat()}
    told = fits(answer(program, pk, **refusal), "/declaraties/{id}", "post", 200)
    assert refusal.items() <= told.items() and told["ingediend_op"] == day(60).isoformat()
    row = Declaration.objects.get()
    assert (row.return_code, row.changed_by_id) == ("0586", indiener.user_id)
    answer(program, pk, **refusal)
    assert Declaration.objects.get().changed_at == row.changed_at, "what stays the same is no change"
    assert AccessEvent.objects.latest("id").kind == Kind.CLAIM_TOLD.value
    emptied = fits(answer(program, pk, **dict.fromkeys(refusal)), "/declaraties/{id}", "post", 200)
    assert (emptied["antwoord"], emptied["retourcode"]) == (None, None)
    assert fits(program.client.get(f"{CLAIMS}/{pk}"), "/declaraties/{id}", "get", 200) == emptied


@pytest.mark.parametrize(
    ("said", "faults"),
    [
        ({"antwoord": "goedgekeurd", "antwoord_op": day(70).isoformat()}, [(1, "ingediend_op", "handed_in_missing")]),
        ({"ingediend_op": day(10).isoformat()}, [(1, "ingediend_op", "handed_in_on_before_closed_on")]),
        ({"retourcode": 586}, [(1, "retourcode", "not_text")]),
        ({"declaratiecode": "25B130"}, [(1, "declaratiecode", "name_unknown")]),
        ({}, None),
    ],
)
def test_an_answer_that_cannot_be_changes_nothing(send, program, said, faults):
    send(claim())
    before = Declaration.objects.values().get()
    told = fits(answer(program, before["id"], **said), "/declaraties/{id}", "post", 422)
    assert (errors(told) if faults else told.get("errors")) == faults
    assert Declaration.objects.values().get() == before


def test_what_cannot_be_read_is_refused(send, program):
    send(claim())
    one = f"{CLAIMS}/{Declaration.objects.get().pk}"
    for path, body, status in (
        (CLAIMS, b"[]", 422), (CLAIMS, b"{}", 422), (CLAIMS, b"[{", 400), (f"{CLAIMS}?alleen_goede=x", b"[{}]", 400),
        (one, b"[]", 422), (one, b"\xff", 400), (one, b'{"antwoord": "a", "antwoord": "b"}', 400),
        (CLAIMS, json.dumps([claim("\ud800", bsn={"a": [1]})]).encode(), 422),
    ):  # fmt: skip
        assert program.raw(body, path=path).status_code == status, (path, body)
    assert program.raw(b"[{}]", path=CLAIMS, key="").status_code == 400
    assert program.raw(b"[{}]", path=CLAIMS, kind="text/csv").status_code == 415
    assert Declaration.objects.count() == 1


def test_each_organisation_sees_only_its_own(send, program, insurer, other_organisatiebeheerder, other_indiener):
    send(claim())
    pk = Declaration.objects.get().pk
    other = Program(other_organisatiebeheerder, other_indiener)
    assert other.client.get(CLAIMS).json()["declaraties"] == []
    assert other.client.get(f"{CLAIMS}/{pk}").status_code == answer(other, pk, antwoord="").status_code == 404
    assert other.send(claim(verzekeraar=insurer.name), path=CLAIMS).status_code == 201, (
        "the same number of another institution is another claim"
    )


def test_an_object_says_what_a_line_says():
    told, wrong = declaration_items.read(claim(" d 1 ", verzekeraar="ZK", gesloten_op="22-9-2026", intake="ja"))
    assert not wrong and (told.number, told.closed_on, told.at_intake) == ("D1", day(50), True)
    assert declaration_items.read_handling({"antwoord": None}) == ({"answer": ""}, [])
