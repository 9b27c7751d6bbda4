"""Every page of writing a request in a real browser, wide and narrow: axe finds nothing and nothing sticks out."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.models import AuthorizationRequest
from authorizations.services import intake
from ggz_codes.models import Prestatie
from tests.browser import violations
from tests.factories import accounts, applications
from tests.factories import authorizations as make
from tests.factories import intake as drafts
from tests.factories.accounts import LocationFactory
from tests.factories.intake import NOW
from tests.factories.release_files import canonical
from tests.factories.releases import loaded

pytestmark = pytest.mark.django_db(transaction=True)
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def indiener(provider: Organization) -> Actor:
    LocationFactory(organization=provider, name="Locatie Centrum")
    return accounts.actor(Role.INDIENER, organization=provider, full_name="Ilse Indiener", profession="Secretaris")


@pytest.fixture(autouse=True)
def _on_the_day_of_the_requests() -> Iterator[None]:
    """Their dates are fixed: on another day a start has come too near, or a referral has grown too old."""
    with time_machine.travel(NOW, tick=True):
        yield


class Look:
    """A browser in which somebody has logged in, that judges every page it opens."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if "Content Security" in line.text else None)

    def at(self, path: str, name: str) -> Page:
        self.page.goto(self.address + path)
        return self.now(name)

    def now(self, name: str) -> Page:
        for width in (1280, 390):
            self.page.set_viewport_size({"width": width, "height": 900})
            assert violations(self.page) == [], name
            assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} sticks out"
            if PICTURES:
                self.page.screenshot(path=Path(PICTURES, f"{name}-{width}.png"), full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert self.complaints == []
        return self.page


@pytest.fixture
def look(
    chromium: Browser, live_server: Any, log_in: Callable[[Actor], Client], indiener: Actor
) -> Iterator[Callable[..., Look]]:
    contexts = []

    def open_as(who: Actor = indiener, *, javascript: bool = True) -> Look:
        context = chromium.new_context(java_script_enabled=javascript)
        client = log_in(who)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        return Look(page, live_server.url)

    yield open_as
    for context in contexts:
        context.close()


def codes() -> None:
    Prestatie.objects.create(
        domain="MSR",
        code="14D838",
        description="Chronische pijn, ten hoogste 48 uur",
        zorgproduct_code="990027195",
        source="NZa, grouper 2017",
    )


def test_every_step_empty_with_errors_and_filled(
    look: Callable[..., Look], indiener: Actor, insurer: Organization
) -> None:
    codes()
    make.policy_version(insurer)
    seen = look()
    seen.at("/aanvragen/nieuw/", "start")
    seen.page.get_by_role("button", name="Begin de aanvraag").click()
    seen.now("start-fouten")
    draft = drafts.started(indiener, insurer)
    base = f"/aanvragen/{draft.reference}"
    for step in ("patient", "aanvraag", "verwijzing", "voortraject", "behandelplan", "toestemming"):
        seen.at(f"{base}/stap/{step}/", f"leeg-{step}")
        seen.page.get_by_role("button", name="Bewaar en ga door").last.click()
        seen.now(f"fouten-{step}")
    seen.at(f"{base}/controle/", "controle-leeg")
    seen.page.get_by_role("button", name="Onderteken en dien in").click()
    seen.now("controle-fouten")
    drafts.fill(AuthorizationRequest.objects.get(pk=draft.pk), applications.application(), by=indiener)
    for step in ("patient", "aanvraag", "verwijzing", "voortraject", "behandelplan", "toestemming"):
        seen.at(f"{base}/stap/{step}/", f"vol-{step}")


def test_codes_are_offered_by_the_day_that_is_typed(
    look: Callable[..., Look], indiener: Actor, insurer: Organization
) -> None:
    codes()
    msr = {"soort": "declaratiecode", "domein": "MSR", "omschrijving": "Proef"}
    loaded(
        canonical(
            msr | {"code": "15E130", "geldig_vanaf": "2027-01-01"},
            msr | {"code": "15E131", "geldig_vanaf": "2014-01-01", "geldig_tot": "2026-12-31"},
        )
    )
    seen = look()
    draft = drafts.filled(indiener, insurer)
    page = seen.at(f"/aanvragen/{draft.reference}/stap/behandelplan/", "codes-van-de-dag")
    offered = "[...document.querySelectorAll('#codes option')].filter((one) => !one.disabled).map((one) => one.value)"
    assert page.evaluate(offered) == ["14D838", "15E131"]
    for part, typed in enumerate(("2", "1", "2027")):
        page.locator(f'[name="starts_on_{part}"]').fill(typed)
    assert page.evaluate(offered) == ["14D838", "15E130"]
    page.locator('[name="code"]').fill("15E131")
    page.get_by_role("button", name="Bewaar en ga door").last.click()
    seen.at(f"/aanvragen/{draft.reference}/controle/", "code-niet-geldig")
    page.get_by_text("Code 15E131 is op 2 januari 2027 volgens onze lijst: beëindigd.").wait_for()


def test_a_vervolg_and_another_policy(
    look: Callable[..., Look], indiener: Actor, insurer: Organization, other_insurer: Organization
) -> None:
    seen = look()
    earlier = drafts.submitted(indiener, insurer)
    vervolg = drafts.started(indiener, insurer, applications.follow_up(), previous=earlier)
    seen.at(f"/aanvragen/{vervolg.reference}/stap/vervolg/", "vervolg")
    seen.at(f"/aanvragen/{vervolg.reference}/stap/patient/", "vervolg-patient")
    asr = drafts.filled(indiener, other_insurer, slug="asr-revalidatie-2020")
    seen.at(f"/aanvragen/{asr.reference}/stap/behandelplan/", "asr-behandelplan")
    shared = applications.stay(referral={"diagnosis_shared": True}, insured={"bsn": "111222333"})
    stay = drafts.filled(indiener, insurer, shared, slug="zilveren-kruis-ggz-verblijf-2020")
    seen.at(f"/aanvragen/{stay.reference}/stap/verblijf/", "verblijf")
    page = seen.at(f"/aanvragen/{stay.reference}/stap/verwijzing/", "verblijf-verwijzing")
    page.get_by_label("Diagnose in woorden").wait_for()
    page.get_by_label("Nee").check()
    page.get_by_label("Diagnose in woorden").wait_for(state="hidden")


def test_checking_and_filing(look: Callable[..., Look], indiener: Actor, insurer: Organization) -> None:
    seen = look()
    draft = drafts.ready(indiener, insurer)
    page = seen.at(f"/aanvragen/{draft.reference}/controle/", "controle")
    page.get_by_label("Ik verklaar dat ik deze aanvraag naar waarheid heb ingevuld.").check()
    page.get_by_role("button", name="Onderteken en dien in").click()
    page.get_by_role("heading", name="Uw aanvraag is ingediend").wait_for()
    seen.now("ingediend")
    other = drafts.started(indiener, insurer)
    seen.at(f"/aanvragen/{other.reference}/verwijderen/", "verwijderen")


def test_two_versions(look: Callable[..., Look], indiener: Actor, behandelaar: Actor, insurer: Organization) -> None:
    draft = drafts.filled(indiener, insurer)
    seen = look()
    seen.page.goto(f"{seen.address}/aanvragen/{draft.reference}/stap/patient/")
    intake.save_step(
        authorization_id=draft.pk,
        step="patient",
        data={"surname": ["Jansen"], "bsn": ["999996708"]},
        values={"insured": {"surname": "Jansen"}},
        draft_version=draft.draft_version,
        by=behandelaar,
        now=NOW,
    )
    seen.page.get_by_label("Achternaam").fill("de Vries")
    seen.page.get_by_role("button", name="Bewaar en ga later verder").click()
    page = seen.now("conflict")
    page.get_by_role("button", name="Bewaar deze keuze").click()
    page.get_by_role("heading", name="Soort aanvraag en behandelaar").wait_for()
    draft.refresh_from_db()
    assert draft.answers["patient"]["surname"] == ["de Vries"]


def test_a_step_saves_itself_and_tells_so(look: Callable[..., Look], indiener: Actor, insurer: Organization) -> None:
    draft = drafts.started(indiener, insurer)
    seen = look()
    seen.page.goto(f"{seen.address}/aanvragen/{draft.reference}/stap/patient/")
    seen.page.get_by_label("Achternaam").fill("de Vri")

    seen.page.get_by_text("Concept bewaard om").wait_for()

    draft.refresh_from_db()
    assert draft.answers["patient"]["surname"] == ["de Vri"]
    seen.page.get_by_label("Achternaam").fill("de Vries")
    seen.page.get_by_role("button", name="Bewaar en ga later verder").click()
    seen.page.get_by_text(f"Uw concept {draft.reference} is bewaard.").wait_for()


def test_leaving_at_once_takes_along_what_was_typed(
    look: Callable[..., Look], indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    page = look().at(f"/aanvragen/{draft.reference}/stap/patient/", "leave")
    page.get_by_label("Achternaam").fill("de Vries")
    page.get_by_role("link", name="Aanvragen", exact=True).click()
    page.wait_for_url("**/aanvragen/")
    draft.refresh_from_db()
    assert draft.answers["patient"]["surname"] == ["de Vries"]

    page.goto(page.url + f"{draft.reference}/stap/patient/")
    page.get_by_label("Achternaam").fill("Jansen")
    page.goto("about:blank")
    for _ in range(50):
        draft.refresh_from_db()
        if draft.answers["patient"]["surname"] == ["Jansen"]:
            break
        page.wait_for_timeout(100)
    assert draft.answers["patient"]["surname"] == ["Jansen"]


def test_without_javascript_rows_and_the_search_work(
    look: Callable[..., Look], indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    seen = look(javascript=False)
    page = seen.page
    page.goto(f"{seen.address}/aanvragen/{draft.reference}/stap/voortraject/")
    page.get_by_label("Welke behandeling?").fill("Fysiotherapie")
    page.get_by_role("button", name="Behandeling toevoegen").click()
    assert page.get_by_label("Welke behandeling?").count() == 2
    assert page.get_by_label("Welke behandeling?").first.input_value() == "Fysiotherapie"
    page.goto(f"{seen.address}/aanvragen/{draft.reference}/stap/verwijzing/")
    page.get_by_label("Zoek een ICD-10-code").fill("fibromyalgia")
    page.get_by_role("button", name="Zoek code").click()
    page.get_by_label("M79.7 Fibromyalgia").check()
    page.get_by_role("button", name="Bewaar en ga door").last.click()
    assert page.get_by_label("ICD-10-code", exact=False).first.input_value() == "M79.7"


def test_what_a_choice_makes_appear_is_hidden_until_then(
    look: Callable[..., Look], indiener: Actor, insurer: Organization
) -> None:
    draft = drafts.started(indiener, insurer)
    seen = look()
    page = seen.page
    page.goto(f"{seen.address}/aanvragen/{draft.reference}/stap/aanvraag/")
    reason = page.get_by_label("Waarom is er haast?")
    assert not reason.is_visible()

    page.get_by_role("group", name="Is er haast?").get_by_label("Ja").check()

    assert reason.is_visible()
