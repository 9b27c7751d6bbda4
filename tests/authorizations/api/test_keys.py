"""Who comes in at the addresses for programs: by a key that works, and in no other way."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from accounts.domain.roles import Role
from accounts.models import ApiKey, Membership
from accounts.services import api_keys
from audit.domain.events import Kind, Outcome
from audit.models import AccessEvent
from authorizations.models import Zorgactiviteit
from authorizations.services import program_calls
from portal import limits, logs
from tests.factories.accounts import actor
from tests.factories.programs import ACTIVITIES, NOW, Program, item

pytestmark = pytest.mark.django_db
SHUT = ["/api/v1/activiteiten", "/api/v1/zorgtrajecten/1"]


def refused(answer):
    """Return that this is the one answer for everybody who has no key that works."""
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == 'Bearer realm="Machtigingsportaal"'
    assert "no-store" in answer["Cache-Control"]
    return answer.json()


@pytest.mark.parametrize("path", SHUT)
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_key_everything_is_shut(client, path, method):
    assert refused(getattr(client, method)(path))["detail"].startswith("Stuur uw API-sleutel mee")


@pytest.mark.asvs("3.5.1")
@pytest.mark.parametrize("who", ["indiener", "organisatiebeheerder", "adviseur"])
def test_a_session_opens_nothing_for_programs(log_in, request, who, told):
    browser = log_in(request.getfixturevalue(who))
    for path in SHUT:
        refused(browser.get(path))
        refused(browser.post(path, [item()], content_type="application/json", headers={"Idempotency-Key": "x" * 8}))
    assert not Zorgactiviteit.objects.exists()


def test_a_key_opens_no_page(program):
    for path in ("/aanvragen/", "/zorgtrajecten/", "/organisatie/api-sleutels/", "/profiel/", "/logboek/"):
        answer = program.client.get(path)
        assert answer.status_code in (302, 404) and "/inloggen/" in answer.get("Location", "/inloggen/")


def test_why_a_key_does_not_work_is_never_told(organisatiebeheerder, indiener, behandelaar, told):
    expired = Program(organisatiebeheerder, indiener, name="Verlopen", now=NOW - timedelta(days=305))
    revoked = Program(organisatiebeheerder, indiener, name="Ingetrokken")
    orphaned = Program(organisatiebeheerder, behandelaar, name="Verweesd")
    key = ApiKey.objects.get(name="Ingetrokken")
    api_keys.revoke(by=organisatiebeheerder, key_id=key.pk, now=NOW)
    ended = {"ended_at": NOW, "ended_by": organisatiebeheerder.user_id}
    Membership.objects.filter(user_id=behandelaar.user_id).update(**ended)
    good = Program(organisatiebeheerder, indiener)
    said = [expired.text, revoked.text, orphaned.text, good.text[:-1] + "!", good.text[:12] + "x" * 43, "x", ""]
    answers = [
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(ACTIVITIES, headers={"Authorization": f"Bearer {one}"})
        for number, one in enumerate(said)
    ]
    assert len({str(refused(answer)) for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert good.send(item()).status_code == 201


@pytest.mark.parametrize("scheme", ["Basic ", "Token ", "bearer", ""])
def test_only_a_bearer_counts(program, scheme, told):
    headers = {"Authorization": f"{scheme}{program.text}", "Idempotency-Key": "een-sleutel"}
    refused(Client().post(ACTIVITIES, [item()], content_type="application/json", headers=headers))
    refused(Client().post(f"{ACTIVITIES}?key={program.text}", [item()], content_type="application/json"))


@pytest.mark.asvs("6.3.1")
def test_who_guesses_waits_and_who_has_the_right_key_does_not(program, told):
    guess = {"Authorization": f"Bearer {program.text[:12]}{'x' * 43}"}
    for _ in range(5):
        refused(Client().post(ACTIVITIES, headers=guess))
    waits = Client().post(ACTIVITIES, headers=guess)
    assert (waits.status_code, waits["Content-Type"]) == (429, "application/problem+json")
    assert 0 < int(waits["Retry-After"]) <= 300
    assert Client(REMOTE_ADDR="192.0.2.9").post(ACTIVITIES, headers=guess).status_code == 401
    assert program.send(item()).status_code == 201
    with time_machine.travel(NOW + timedelta(minutes=6)):
        refused(Client().post(ACTIVITIES, headers=guess))


def test_what_is_open_stays_open_whatever_key_is_sent(program):
    for said in ("", "Bearer mp_00000000_" + "x" * 43, f"Bearer {program.text}"):
        asked = Client().post("/api/v1/toetsen/bestaat-niet", headers={"Authorization": said})
        assert asked.status_code == 404
    assert Client().get("/api/v1/bestaat-niet").status_code == 404
    assert not ApiKey.objects.exclude(last_used_on=None).exists(), "there a key isn't even looked at"


def test_the_log_says_by_which_key_and_of_whose_key_it_was_refused(program, told, indiener, provider):
    assert program.send(item()).status_code == 201
    key = ApiKey.objects.get()
    row = AccessEvent.objects.latest("id")
    assert (row.kind, row.outcome, row.user_id) == (Kind.ACTIVITIES_TOLD.value, Outcome.DONE, indiener.user_id)
    assert row.dossiers == [told.traject.number] and row.detail["sleutel"] == key.pk
    assert (row.detail["items"], row.detail["nieuw"]) == (1, 1)
    Client().post(ACTIVITIES, headers={"Authorization": f"Bearer {program.text[:12]}{'x' * 43}"})
    row = AccessEvent.objects.latest("id")
    assert (row.outcome, row.organization_id, row.detail["sleutel"]) == (Outcome.REFUSED, provider.pk, key.pk)
    before = AccessEvent.objects.count()
    Client().post(ACTIVITIES, headers={"Authorization": "Bearer mp_00000000_" + "x" * 43})
    Client().post(ACTIVITIES)
    assert AccessEvent.objects.count() == before, "of nobody we know"


def test_the_log_is_read_with_the_name_of_the_key(program, told, provider, log_in):
    program.send(item())
    keeper = log_in(actor(Role.LOGBEHEERDER, organization=provider))
    told = [row.what for row in keeper.get("/logboek/").context["rows"]]
    assert "legde activiteiten vast met een programma, met de API-sleutel “EPD”" in told


def test_no_secret_stands_in_a_log_or_an_error(program, told, caplog, monkeypatch):
    def broken(**_):
        raise RuntimeError(f"stuk bij {program.text}")

    monkeypatch.setattr(program_calls, "_done", broken)
    with caplog.at_level(logging.DEBUG):
        answer = program.send(item(), key="geheime-sleutel-1")
    assert answer.status_code == 500 and answer["Content-Type"] == "application/problem+json"
    secret = program.text[12:]
    ours = [str(one.msg) for one in caplog.records if "RuntimeError" not in str(one.msg)]
    assert secret not in str(ours) and "geheime-sleutel-1" not in caplog.text
    # What an error would quote, is taken out of the line that is written.
    line = {"exception": f"stuk bij {program.text}"}
    assert logs.without_personal_data(None, "error", line) == {"exception": "stuk bij …"}
    assert secret not in answer.content.decode()
    assert secret not in str(list(AccessEvent.objects.values()))


def test_a_limit_holds_per_key(program, organisatiebeheerder, behandelaar, told, monkeypatch):
    narrow = limits.Limit("proef", 2, 100, timedelta(minutes=1))
    monkeypatch.setattr(limits, "LIMITS", {"activities-api:register": narrow})
    other = Program(organisatiebeheerder, behandelaar, name="Ander")
    assert [program.send(item()).status_code for _ in range(3)] == [201, 200, 429]
    assert other.send(item()).status_code == 200
