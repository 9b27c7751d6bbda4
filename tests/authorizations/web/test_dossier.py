"""Asking for a whole dossier: who may, what it is for, and that the log has it once."""

import io
import zipfile

import pytest
from django.urls import reverse

from audit.domain.events import Action, Kind, Outcome, Purpose
from audit.models import AccessEvent
from papers.delivery import store
from portal.world import people

pytestmark = pytest.mark.usefixtures("plain_letters")
TAKE = "authorizations:dossier"


@pytest.fixture
def granted(authorization_in):
    return authorization_in("granted")


@pytest.fixture
def ask(log_in):
    def post(authorization, who, **data):
        return log_in(people.actor(who)).post(reverse(TAKE, args=[authorization.reference]), data)

    return post


def logged():
    return list(AccessEvent.objects.filter(kind=Kind.DOSSIER).order_by("id"))


@pytest.mark.parametrize(
    ("who", "purpose", "why"),
    [
        ("noor@zk.example", "skgz", Purpose.REVIEWING),
        ("sanne@esdoorn.example", "inzage", Purpose.REQUESTING),
        ("jansen@esdoorn.example", "heroverweging", Purpose.REQUESTING),
    ],
)
def test_who_may_gets_a_zip_and_the_log_has_one_row_with_the_purpose(granted, ask, who, purpose, why):
    answer = ask(granted, who, purpose=purpose)
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="dossier-{granted.reference}.zip"'
    assert answer["Cache-Control"] == "private, no-store"
    names = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()
    assert ("intern/intern.pdf" in names) == (who == "noor@zk.example")
    (row,) = logged()
    assert (row.action, row.outcome, row.purpose) == (Action.EXECUTE, Outcome.DONE, why)
    assert row.detail["doel"] == purpose
    assert [subject["aanvraag"] for subject in row.subjects] == [granted.reference]
    assert row.sensitivity == "medisch"


@pytest.mark.parametrize("who", ["duin@duin.example", "adviseur@asr.example"])
def test_for_another_organisation_there_is_nothing(granted, ask, who):
    assert ask(granted, who, purpose="skgz").status_code == 404


@pytest.mark.parametrize(
    "who",
    ["team@zk.example", "balie@zk.example", "beheer@zk.example", "lezer@esdoorn.example", "beheer@esdoorn.example"],
)
def test_other_roles_are_refused(granted, ask, who):
    assert ask(granted, who, purpose="skgz").status_code == 403
    assert [row.outcome for row in logged()] == [Outcome.REFUSED]


def test_a_draft_has_no_dossier(authorization_in, ask):
    assert ask(authorization_in("draft"), "jansen@esdoorn.example", purpose="skgz").status_code == 404


@pytest.mark.parametrize("data", [{}, {"purpose": ""}, {"purpose": "nieuwsgierig"}])
def test_without_a_purpose_the_page_asks_for_it(granted, ask, data):
    answer = ask(granted, "noor@zk.example", **data)
    assert answer.status_code == 422
    assert "Kies waarvoor u het dossier ophaalt." in answer.content.decode()
    assert [row.outcome for row in logged()] == [Outcome.NOT_DONE]


def test_a_damaged_file_is_told_and_nothing_is_handed_out(granted, ask):
    store.remove(store.place("files", granted.documents.first().file_id))
    answer = ask(granted, "noor@zk.example", purpose="skgz")
    assert answer.status_code == 422
    assert "ontbreekt in onze opslag" in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "page", "there"),
    [
        ("jansen@esdoorn.example", "request-detail", True),
        ("lezer@esdoorn.example", "request-detail", False),
        ("noor@zk.example", "review-detail", True),
        ("team@zk.example", "review-detail", False),
    ],
)
def test_the_page_of_a_request_leads_there(granted, log_in, who, page, there):
    browser = log_in(people.actor(who))
    link = reverse(TAKE, args=[granted.reference])
    assert (link in browser.get(reverse(f"authorizations:{page}", args=[granted.reference])).content.decode()) == there
    assert browser.get(link).status_code == (200 if there else 403)
