"""The page on which a coordinator or beheerder holds requests and reads what was deleted."""

import secrets
from datetime import date

import pytest
from django.urls import reverse

from authorizations.domain import references
from authorizations.models import LegalHold, RetentionReport, RetentionRun
from tests.factories import desk

pytestmark = pytest.mark.django_db
PAGE = "/beheer/bewaren/"


@pytest.fixture
def filed(indiener, insurer):
    return desk.filed(indiener, insurer)


@pytest.mark.parametrize("who", ["coordinator", "beheerder"])
def test_a_request_is_held_and_let_go(log_in, filed, request, who):
    browser = log_in(request.getfixturevalue(who))
    answer = browser.post(PAGE, {"number": filed.reference.lower(), "reason": "Klacht bij de SKGZ"}, follow=True)
    assert f"Aanvraag {filed.reference} blijft bewaard" in answer.content.decode()
    assert "Klacht bij de SKGZ" in answer.content.decode()
    answer = browser.post(reverse("authorizations:retention-lift", args=[filed.reference]), follow=True)
    assert f"Aanvraag {filed.reference} is vrijgegeven" in answer.content.decode()
    assert LegalHold.objects.get(authorization=filed).lifted_at
    again = browser.post(reverse("authorizations:retention-lift", args=[filed.reference]), follow=True)
    assert "was al vrijgegeven" in again.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"number": "nergens", "reason": "Klacht"}, "geen aanvraag met dit nummer"),
        ({"number": "klopt niet", "reason": "Klacht"}, "Dit nummer klopt niet"),
        ({"number": "", "reason": ""}, "Vul het nummer van de aanvraag in"),
        ({"number": "eigen", "reason": ""}, "Leg uit waarom deze aanvraag bewaard moet blijven"),
    ],
)
def test_what_is_wrong_is_said(log_in, coordinator, filed, typed, said):
    numbers = {"eigen": filed.reference, "nergens": references.request_reference(secrets.choice)}
    typed = {**typed, "number": numbers.get(typed["number"], typed["number"])}
    answer = log_in(coordinator).post(PAGE, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not LegalHold.objects.exists()


def test_a_request_is_held_once(log_in, coordinator, filed):
    browser = log_in(coordinator)
    browser.post(PAGE, {"number": filed.reference, "reason": "Klacht"})
    answer = browser.post(PAGE, {"number": filed.reference, "reason": "Klacht"})
    assert "wordt al vastgehouden" in answer.content.decode()


def test_a_request_of_another_insurer_is_not_there(log_in, coordinator, indiener, other_insurer):
    foreign = desk.filed(indiener, other_insurer)
    browser = log_in(coordinator)
    assert browser.post(PAGE, {"number": foreign.reference, "reason": "Klacht"}).status_code == 422
    assert browser.post(reverse("authorizations:retention-lift", args=[foreign.reference])).status_code == 404


@pytest.mark.parametrize("who", ["adviseur", "medewerker", "indiener", "organisatiebeheerder"])
def test_it_is_for_coordinator_and_beheerder(log_in, request, who):
    assert log_in(request.getfixturevalue(who)).get(PAGE).status_code == 403


def test_what_was_deleted_of_the_own_organisation_is_told(log_in, coordinator, insurer, other_insurer):
    run = RetentionRun.objects.create(started_at=desk.NOW, ended_at=desk.NOW)
    for organization, reference in ((insurer, "MA-EIGEN0000"), (other_insurer, "MA-ANDER0000")):
        RetentionReport.objects.create(
            run=run, organization=organization, kept="files", requests=1, on_disk=4, oldest_on=date(2024, 1, 5),
            references=[reference],
        )  # fmt: skip
    page = log_in(coordinator).get(PAGE).content.decode()
    assert "MA-EIGEN0000" in page
    assert "MA-ANDER0000" not in page
    assert "Documenten bij een aanvraag" in page
