"""Rehabilitation in a ZBC at a.s.r.: each line of its page (A-28 to A-37) in the form, at the desk, in the letters."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain import criterion_words, documents
from authorizations.domain.terms import Discipline, DocumentKind, Indication, Kind, Outcome, Setting
from authorizations.models import AuthorizationRequest, Grant, RequestLetter
from authorizations.services import decisions, review, sight
from tests.factories import accounts, applications, desk
from tests.factories import intake as drafts
from tests.factories.authorizations import shipped
from tests.factories.intake import NOW
from tests.factories.intake_pages import Browser, step_url, text_of

pytestmark = pytest.mark.django_db
SLUG = "asr-revalidatie-2020"


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def arts(provider: Organization) -> Actor:
    return accounts.actor(
        Role.BEHANDELAAR, organization=provider, big_number="89012345601", profession="Revalidatiearts"
    )


@pytest.fixture
def filed(arts: Actor, insurer: Organization) -> AuthorizationRequest:
    whole = applications.application(care={"setting": Setting.INPATIENT})
    return drafts.submitted(arts, insurer, whole, slug=SLUG)


@pytest.fixture
def judged(filed: AuthorizationRequest, noor: Actor) -> AuthorizationRequest:
    review.claim(authorization_id=filed.pk, by=noor, now=NOW)
    filed.refresh_from_db()
    desk.judge(filed, noor)
    return filed


def grant(judged: AuthorizationRequest, noor: Actor) -> Grant:
    """Grant two minutes less than half of the physiotherapy: 718 of 1440."""
    asked = desk.grant(setting=Setting.INPATIENT)
    hours = {**asked.hours, Discipline.FYSIOTHERAPIE: Decimal("11.97")}
    desk.assess(judged, "c3_omvang", noor, version=1, verdict=desk.Verdict.NOT_MET,
                missing_fact="Een doel.", leads_to_consent="Een doel bij elk uur.")  # fmt: skip
    decisions.decide(
        authorization_id=judged.pk,
        choice=desk.choice(Outcome.PARTLY_GRANTED, grant=replace(asked, hours=hours), codes_checked=True),
        seen=sight.of(judged),
        by=noor,
        now=NOW,
    )
    return Grant.objects.get(authorization=judged)


@pytest.mark.parametrize(
    ("setting", "asked"),
    [
        (Setting.OUTPATIENT, {DocumentKind.VERWIJSBRIEF, DocumentKind.BEHANDELPLAN}),
        (Setting.INPATIENT, {DocumentKind.VERWIJSBRIEF, DocumentKind.BEHANDELPLAN, DocumentKind.VRA_INDICATIE}),
    ],
)
def test_the_documents_of_information_1_to_3(setting: Setting, asked: set[DocumentKind]) -> None:
    items = documents.checklist(shipped()[SLUG], Kind.MSR_FIRST, Indication.OTHER, setting)
    assert {item.kind for item in items if item.required} == asked
    assert all(not item.may_be_absent for item in items if item.required)


def test_the_form_asks_information_3_to_5_in_minutes(log_in: Browser, indiener: Actor, insurer: Organization) -> None:
    client, whole = log_in(indiener), applications.application()
    draft = drafts.started(indiener, insurer, whole, slug=SLUG)
    assert "Een machtiging moet zijn afgegeven voordat de behandeling begint." in text_of(
        client.get(step_url(draft, "behandelplan"))
    )
    empty = client.post(step_url(draft, "behandelplan"), {"draft_version": draft.draft_version, "verder": "1"})
    said = text_of(empty)
    for words in (
        "Vul in wanneer de behandeling eindigt.",
        "Vul de minuten in van minstens 1 discipline.",
        "Beschrijf de activiteiten en verrichtingen.",
        "Noem wie er behandelt en wat iedereen doet.",
        "Vul de declaratiecode in.",
        "Vul de zorgproductcode in.",
    ):
        assert words in said, words


def test_the_desk_shows_minutes_and_who_treats(log_in: Browser, judged: AuthorizationRequest, noor: Actor) -> None:
    client = log_in(noor)
    page = f"/beoordelen/{judged.reference}/"
    assert "Samen 40,5 2.430" in text_of(client.get(page + "?toon=uren"))
    assert "40,5 (2.430 minuten)" in text_of(client.get(page + "besluit/"))
    quotes = dict(criterion_words.about("c1", applications.application()))
    assert quotes["Behandelaren"] == "M. Bakker, fysiotherapie: oefentherapie"


def test_the_letters_speak_of_minutes_and_of_both_codes(judged: AuthorizationRequest, noor: Actor) -> None:
    grant(judged, noor)
    for letter in RequestLetter.objects.filter(decision__isnull=False):
        html = letter.letter.html
        assert "Minuten per discipline" in html
        assert "Toegekend: 1.708 van de 2.430 gevraagde minuten." in html
        assert "718" in html
        assert "990027195" in html
        assert "Vertrouwelijk" in html
        assert "Postbus 2072" in html, "where heroverweging is asked"


def test_the_receipt_promises_that_it_stays_confidential(filed: AuthorizationRequest) -> None:
    html = filed.letters.get().letter.html
    for words in (
        "De aanvraag wordt vertrouwelijk behandeld.",
        "De machtiging moet vóór de start van de behandeling door ons zijn afgegeven.",
        "Ditzo t.a.v. medisch adviseur, Postbus 2072, 3500 HB Utrecht",
        "Vermeld op de envelop: ‘Vertrouwelijk’",
        "1.440 minuten",
        "M. Bakker, Fysiotherapie, oefentherapie",
    ):
        assert words in html, words
