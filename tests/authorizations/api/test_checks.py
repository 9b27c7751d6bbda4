"""The checks for programs: every example, every refusal, and nothing asked of who calls."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from authorizations.api import checks as door
from authorizations.domain import json_items
from authorizations.domain.checks import TOETSEN
from authorizations.domain.policy import Closing
from authorizations.services import policies
from portal import limits
from portal.limits import Limit

pytestmark = pytest.mark.django_db
VECTORS = Path("tests/data/vectors")
WEIGHED = {"gewogen_minuten": "60", "gewogen_uren": "1,00", "vrijgestelde_code": "14E489", "fout": ""}
ONE = {"activiteiten": "190960x4", "verpleegdagen": "0"}


def send(name="weging", body=None, *, query="", content_type="application/json", client=None):
    sent = body if isinstance(body, bytes) else json.dumps([ONE] if body is None else body).encode()
    # Strict about the token of a form: a program has none.
    client = client or Client(enforce_csrf_checks=True)
    return client.post(f"/api/v1/toetsen/{name}{query}", sent, content_type=content_type)


def judged(*args, **options):
    answer = send(*args, **options)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json"), answer.content
    return json.loads(answer.content)


def refused(answer, status):
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), answer.content
    told = json.loads(answer.content)
    assert told["status"] == status and told["title"]
    return told


@pytest.mark.parametrize("name", sorted(TOETSEN))
def test_every_example(name):
    rows = list(csv.DictReader(io.StringIO((VECTORS / f"{name}.csv").read_text(encoding="utf-8")), delimiter=";"))
    answers = []
    for start in range(0, len(rows), json_items.MOST):
        # Without what is expected, so that it can only come from the check.
        part = rows[start : start + json_items.MOST]
        asked = [{key: value for key, value in row.items() if key not in TOETSEN[name].gives} for row in part]
        answers += judged(name, asked)
    assert len(answers) == len(rows) > 0
    for row, answer in zip(rows, answers, strict=True):
        assert answer.items() >= row.items()
        assert answer["fout"] == ""


def test_items_keep_their_order_and_what_else_they_hold():
    more = {"nr": 7, "waar": True, "niets": None, "lijst": [1, {"a": "é"}], "tekst": "=1+1", "getal": 1.5}
    first, second = judged(body=[{**ONE, **more}, {"nr": 1, "activiteiten": "", "verpleegdagen": None}])
    assert first == {**ONE, **more, **WEIGHED}
    assert list(first) == [*ONE, *more, *WEIGHED], "the results come last"
    assert second["nr"] == 1 and second["gewogen_minuten"] == "0" and second["vrijgestelde_code"] == ""


def test_what_stood_under_the_name_of_a_result_is_replaced():
    (answer,) = judged(body=[{"gewogen_uren": "9", "fout": ["oud"], **ONE}])
    assert answer == {**ONE, **WEIGHED}


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"activiteiten": "190999x4", "verpleegdagen": ""}, "activiteiten: van '190999' is geen gewicht bekend"),
        ({"activiteiten": "190960x4"}, 'verpleegdagen: ontbreekt, geef "" als het niet bekend is'),
        ({"activiteiten": "190960x4", "verpleegdagen": 0}, "verpleegdagen: dit is een getal, geef tekst"),
        ({"activiteiten": "190960x4", "verpleegdagen": 1.5}, "verpleegdagen: dit is een getal, geef tekst"),
        ({"activiteiten": ["190960x4"], "verpleegdagen": ""}, "activiteiten: dit is een lijst, geef tekst"),
        ({"activiteiten": {}, "verpleegdagen": ""}, "activiteiten: dit is een object, geef tekst"),
        ({"activiteiten": "", "verpleegdagen": False}, "verpleegdagen: dit is waar of onwaar, geef tekst"),
    ],
)
def test_an_item_that_cannot_be_judged_has_a_fault_and_the_others_go_on(item, words):
    fault, good = judged(body=[item, ONE])
    assert fault["fout"].startswith(words)
    assert {fault[name] for name in TOETSEN["weging"].gives} == {""}
    assert good == {**ONE, **WEIGHED}


def test_the_policy_chooses_the_reading(monkeypatch):
    row = {
        "geopend_op": "2021-01-04", "indicatie": "overig", "activiteiten": "2021-01-04", "afgerond_op": "2021-01-18",
        "peildatum": "2021-02-15",
    }  # fmt: skip
    for name in policies.shipped():
        assert judged("afsluiting", [row], query=f"?policy={name}")[0]["reden"] == "afgerond"
    assert judged("afsluiting", [row], query="?policy=")[0]["reden"] == "afgerond"
    other = replace(policies.shipped()["zilveren-kruis-msr"], closing=Closing.NZA)
    monkeypatch.setattr(policies, "shipped", lambda: {"zilveren-kruis-msr": other})
    assert judged("afsluiting", [row], query="?policy=zilveren-kruis-msr")[0]["reden"] == "42_dagen"
    assert judged("afsluiting", [row])[0]["reden"] == "afgerond"


def test_an_unknown_policy_is_refused_with_the_names_that_there_are():
    told = refused(send(query="?policy=bestaat-niet"), 422)
    assert told["title"] == "Dit beleid is er niet"
    assert told["detail"] == "Kies uit: asr-revalidatie-2020, zilveren-kruis-msr."


@pytest.mark.parametrize("name", ["bestaat-niet", "Weging", "%20", "%00", "é"])
def test_an_unknown_check_is_refused_with_the_names_that_there_are(name):
    told = refused(send(name), 404)
    assert told["title"] == "Deze toets is er niet"
    assert all(one in told["detail"] for one in TOETSEN)


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_is_not_asking(method):
    answer = getattr(Client(), method)("/api/v1/toetsen/weging")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, "application/problem+json", "POST")
    if method == "get":
        assert refused(answer, 405)["title"] == "Dit kan op dit adres niet"


@pytest.mark.parametrize("kind", ["text/csv", "text/plain", "multipart/form-data; boundary=x", "application/xml"])
def test_another_kind_of_content_is_refused(kind):
    told = refused(send(body=b"[]", content_type=kind), 415)
    assert told["detail"] == "Stuur JSON, met Content-Type: application/json."


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"])
def test_json_is_taken_however_it_is_called(kind):
    assert judged(content_type=kind)[0] == {**ONE, **WEIGHED}
    assert judged(body=b"\xef\xbb\xbf[]", content_type=kind) == []


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "Regel 1, teken 1 is geen JSON."),
        (b"[{]", "Regel 1, teken 3 is geen JSON."),
        (b'[\n{"a": 1},\n]', "is geen JSON."),
        (b'["\xe9"]', "Na 2 bytes staat tekst die geen UTF-8 is."),
        ("[]".encode("utf-16"), "geen UTF-8"),
        (b'[{"a": 1, "b": 2, "a": 3}]', "In een object staat 'a' twee keer."),
        (b'[{"a": NaN}]', "NaN is geen getal in JSON."),
        (b'[{"a": -Infinity}]', "-Infinity is geen getal in JSON."),
        (b'[{"a": 1e999}]', "Er staat een getal in dat te groot is."),
        (b"[" + b"9" * 5000 + b"]", "Er staat een getal in met te veel cijfers."),
        (b"[" * 200_000, "De JSON is te diep genest."),
    ],
)
def test_what_is_no_json_is_refused_with_the_place(body, words):
    told = refused(send(body=body), 400)
    assert told["title"] == "Dit is geen JSON die wij kunnen lezen"
    assert words in told["detail"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (ONE, "Stuur een lijst van objecten, ook als het er 1 is: [{…}]."),
        ("tekst", "Stuur een lijst"),
        (None, "Item 2 is geen object."),
        (7, "Stuur een lijst"),
    ],
)
def test_what_is_no_list_of_objects_is_refused(body, words):
    told = refused(send(body=[ONE, "x"] if body is None else body), 422)
    assert (told["title"], words in told["detail"]) == ("Dit is geen lijst van objecten", True)


def test_as_many_items_as_fit_and_one_more():
    assert len(judged(body=[ONE] * json_items.MOST)) == json_items.MOST
    told = refused(send(body=[ONE] * (json_items.MOST + 1)), 413)
    assert told["detail"] == "Dit zijn 1001 items. Stuur er hoogstens 1000 per keer."


def test_as_many_bytes_as_fit_and_one_more():
    whole = json.dumps([{**ONE, "vulling": ""}])
    room = door.MOST_BYTES - len(whole)
    assert judged(body=[{**ONE, "vulling": "a" * room}])[0]["fout"] == ""
    told = refused(send(body=[{**ONE, "vulling": "a" * (room + 1)}]), 413)
    assert told["detail"] == "Er past 4 MB in. Stuur de lijst in delen."


def test_half_a_letter_comes_back_as_it_was():
    (answer,) = judged(body=b'[{"activiteiten": "", "verpleegdagen": "", "x": "\\ud800"}]')
    assert answer["x"] == "\ud800"


def test_nobody_is_known_here_and_nothing_is_kept(log_in, indiener, django_assert_num_queries, settings):
    settings.RATE_LIMITS = False
    client = log_in(indiener)
    with django_assert_num_queries(0):
        answer = send(client=client)
    assert answer.status_code == 200 and not answer.cookies
    assert "no-store" in answer["Cache-Control"]


def test_who_asks_too_often_is_told_when_to_come_back(monkeypatch):
    monkeypatch.setattr(limits, "LIMITS", {"checks-api:judge": Limit("toetsen", 1, 2, limits.MINUTE)})
    assert [send().status_code for _ in range(2)] == [200, 200]
    answer = send()
    assert refused(answer, 429)["title"] == "Dit was te vaak na elkaar"
    assert 1 <= int(answer["Retry-After"]) <= 61
