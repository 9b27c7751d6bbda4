"""The queue and the division of the work in a real browser, wide and narrow, without a script: axe finds nothing."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from accounts.models import Organization
from authorizations.domain.lifecycle import Status
from authorizations.models import AuthorizationRequest, RuleApproval
from authorizations.services import review
from tests.browser import look
from tests.factories import accounts, desk

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.fixture
def open_as(chromium: Browser, live_server: Any, log_in: Callable[[Actor], Client]) -> Iterator[Callable[..., Page]]:
    contexts = []

    def opened(who: Actor, *, scripts: bool = False) -> Page:
        context = chromium.new_context(base_url=live_server.url)
        if not scripts:
            # axe itself needs scripts, so only those of the portal are kept out.
            context.route("**/static/**/*.js", lambda route: route.abort())
        cookie = log_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_coordinator_moves_the_work_of_a_colleague(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor, ravi: Actor, coordinator: Actor
) -> None:
    for day in (20, 23, 25, 30):
        desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor, due_on=date(2026, 11, day), urgent=day == 23)
    desk.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER, advisor=ravi, due_on=None)
    gone = accounts.actor(Role.MEDEWERKER, organization=insurer, full_name="Vera Vertrokken")
    desk.filed(indiener, insurer, Status.ANSWERED, advisor=gone, due_on=date(2026, 12, 3))
    page = open_as(coordinator)
    page.goto("/beoordelen/")
    page.get_by_role("link", name="Verdeel het werk").click()
    look(page, "verdeling-leeg")
    page.get_by_role("link", name=noor.name).click()
    page.get_by_role("link", name="Vink alles aan").click()
    look(page, "verdeling-alles")
    page.get_by_role("button", name="Verplaats wat is aangevinkt").click()
    look(page, "verdeling-fouten")
    page.get_by_label("Naar welke medisch adviseur?").select_option(label=f"{ravi.name} (1 open)")
    page.get_by_label("Waarom verplaatst u deze aanvragen?").fill("Noor is ziek.")
    page.get_by_role("button", name="Verplaats wat is aangevinkt").click()
    page.get_by_text(f"4 aanvragen toegewezen aan {ravi.name}.").wait_for()
    assert AuthorizationRequest.objects.filter(assigned_to=ravi.user_id).count() == 5


def test_the_queue_narrows_without_a_script(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor
) -> None:
    for day in (20, 23, 25, 30):
        desk.filed(indiener, insurer, due_on=date(2026, 11, day), urgent=day == 23)
    page = open_as(noor)
    page.goto("/beoordelen/")
    look(page, "werkvoorraad")
    page.get_by_text("Meer filters").click()
    page.locator("#id_termijn").select_option(label="Binnen 3 werkdagen")
    page.locator("#id_aanbieder").select_option(index=1)
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_text("2 van 4 aanvragen").wait_for()
    look(page, "werkvoorraad-gefilterd")
    page.get_by_role("link", name="Bewaar als weergave").click()
    page.get_by_role("button", name="Bewaar").click()
    look(page, "weergaven-fout")
    page.get_by_label("Naam van de weergave").fill("Deze week af")
    page.get_by_role("button", name="Bewaar").click()
    page.get_by_text("De weergave Deze week af is bewaard.").wait_for()
    look(page, "werkvoorraad-bewaard")
    page.get_by_role("link", name="Beheer").click()
    look(page, "weergaven")
    page.get_by_role("link", name="Bekijk Deze week af").click()
    page.get_by_role("link", name="Haal het filter weg: Binnen 3 werkdagen").click()
    page.get_by_text("4 van 4 aanvragen").wait_for()


def test_an_insured_is_found_by_number(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor
) -> None:
    filed = desk.filed(indiener, insurer)
    page = open_as(noor)
    page.goto("/beoordelen/")
    page.get_by_role("link", name="Zoek op BSN").click()
    page.get_by_role("button", name="Zoek").click()
    look(page, "bsn-fout")
    page.get_by_label("BSN van de verzekerde").fill(filed.insured.bsn)
    page.get_by_role("button", name="Zoek").click()
    page.get_by_role("link", name=filed.reference).wait_for()
    look(page, "bsn")
    assert page.url.endswith("/beoordelen/bsn/")


def test_what_stays_behind_is_named(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor, ravi: Actor, coordinator: Actor
) -> None:
    filed = [desk.filed(indiener, insurer, due_on=date(2026, 12, day)) for day in (1, 2, 3)]
    page = open_as(coordinator)
    page.goto("/beoordelen/verdeling/?kies=alles")
    AuthorizationRequest.objects.filter(pk=filed[0].pk).update(assigned_to=noor.user_id, assigned_at=TODAY)
    page.get_by_label("Naar welke medisch adviseur?").select_option(value=str(noor.user_id))
    page.get_by_label("Waarom verplaatst u deze aanvragen?").fill("Druk.")
    page.get_by_role("button", name="Verplaats wat is aangevinkt").click()
    page.get_by_role("heading", name="Niet alles is verplaatst").wait_for()
    look(page, "verdeling-deel")


def test_a_bsn_that_is_typed_to_search_by_name_never_leaves_the_browser(
    open_as: Callable[..., Page], adviseur: Actor
) -> None:
    page, asked = open_as(adviseur, scripts=True), []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/beoordelen/", "/beoordelen/besloten/"):
        page.goto(address)
        page.locator('[name="zoek"]').fill("9999.96.708")
        page.keyboard.press("Enter")
        page.wait_for_url("**/beoordelen/bsn/")
    assert not [url for url in asked if "96" in url]


def test_an_adviser_grants_what_is_ready_and_reads_why_the_rest_stays(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor
) -> None:
    filed = [desk.with_own_insured(desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)) for _ in range(5)]
    for one in filed[:3]:
        desk.judge(one, noor)
    for fits in (desk.filed(indiener, insurer), desk.filed(indiener, insurer)):
        of_rule = {"policy_version": fits.policy_version, "rule": {"source": "Proef"}, "facts": {"days": 90}}
        RuleApproval.objects.create(authorization=fits, at=TODAY, **of_rule)
    page = open_as(noor)
    page.goto("/beoordelen/")
    page.get_by_role("link", name="Meer tegelijk toekennen").click()
    page.get_by_role("button", name="Controleer wat u toekent").click()
    look(page, "toekennen-fout")
    page.get_by_role("link", name="Vink alles aan").click()
    look(page, "toekennen")
    page.get_by_role("button", name="Controleer wat u toekent").click()
    look(page, "toekennen-controle")
    desk.assess(filed[0], "c1", noor, version=1, motivation="Bij nader inzien.")
    page.get_by_role("button", name="Ken 3 aanvragen toe").click()
    page.get_by_role("heading", name="Toegekend (2)").wait_for()
    look(page, "toegekend")


def test_the_queue_shows_what_a_colleague_released_without_a_reload(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor, ravi: Actor
) -> None:
    kept = desk.filed(indiener, insurer, due_on=date(2026, 12, 3))
    taken = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=ravi, due_on=date(2026, 12, 4))
    page = open_as(noor, scripts=True)
    page.clock.install(time=TODAY)
    page.goto("/beoordelen/?weergave=niemand")
    page.get_by_role("link", name=kept.reference).focus()
    review.release(authorization_id=taken.pk, by=ravi, now=TODAY)
    page.clock.run_for(60_000)
    page.get_by_role("link", name=taken.reference).wait_for()
    page.get_by_text("2 aanvragen").wait_for()
    assert page.evaluate("document.activeElement.textContent") == kept.reference
    with page.expect_response(lambda answer: answer.status == 304):
        page.clock.run_for(60_000)
    look(page, "werkvoorraad-bijgewerkt")
