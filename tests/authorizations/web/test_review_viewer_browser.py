"""The document of a request in a real browser: by keyboard, turned and searched, with a script and without."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page

from accounts.domain.actors import Actor
from accounts.models import Organization
from authorizations.domain.lifecycle import Status
from authorizations.models import Document, DocumentReading, EvidencePin
from papers import tasks
from tests.browser import look, tidy
from tests.factories import desk
from tests.factories import documents as make
from tests.papers import makers

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def document(indiener: Actor, insurer: Organization, noor: Actor) -> Document:
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=noor)
    document = make.added(authorization, indiener, content=makers.pdf(3, text="Verslag psycholoog"))
    tasks.make_pages()
    return document


@pytest.fixture
def open_as(chromium: Browser, live_server: Any, log_in: Callable[[Actor], Client]) -> Iterator[Callable[..., Page]]:
    opened = []

    def begin(who: Actor, *, scripts: bool = True) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        if not scripts:
            context.route("**/static/**/*.js", lambda route: route.abort())
        cookie = log_in(who).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
        kept = tidy(context)
        opened.append(kept)
        return kept.__enter__()

    yield begin
    for kept in opened:
        kept.__exit__(None, None, None)


def test_a_document_is_read_by_keyboard(open_as: Callable[..., Page], noor: Actor, document: Document) -> None:
    page = open_as(noor)
    page.goto(f"/beoordelen/{document.authorization.reference}/")
    page.keyboard.press("Alt+n")
    page.wait_for_url("**p=2**")
    page.keyboard.press("Alt+r")
    page.wait_for_url("**draai=1**")
    box = page.locator(".mp-leaf").bounding_box()
    assert box and box["width"] > box["height"]
    page.keyboard.press("Alt+g")
    page.wait_for_url("**zoom=2**")
    page.keyboard.press("Alt+z")
    page.keyboard.type("psycholoog 3")
    page.keyboard.press("Enter")
    page.get_by_text("Gevonden op 1 pagina.").wait_for()
    page.get_by_role("button", name="Pagina 3").click()
    page.get_by_role("heading", name="Verwijsbrief").wait_for()
    assert page.locator("#tekstversie mark").inner_text() == "psycholoog 3"
    look(page, "bekijker-gezocht")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_pages_in_a_row(open_as: Callable[..., Page], noor: Actor, document: Document, scripts: bool) -> None:
    page = open_as(noor, scripts=scripts)
    page.goto(f"/beoordelen/{document.authorization.reference}/")
    page.get_by_role("link", name="Toon alle pagina’s").click()
    page.get_by_role("navigation", name="Pagina’s van").get_by_role("link", name="Pagina 3").click()
    page.wait_for_url("**p=3**")
    look(page, f"bekijker-strook-{scripts}")


def test_a_place_is_drawn_on_a_turned_page_and_read_at_its_criterion(
    open_as: Callable[..., Page], noor: Actor, document: Document
) -> None:
    page = open_as(noor)
    page.goto(f"/beoordelen/{document.authorization.reference}/?draai=2&criterium=c1")
    page.get_by_role("link", name="Markeer een plaats").click()
    page.get_by_label("Bij welk criterium?").select_option("c1")
    page.get_by_label("Wat staat hier?").fill("Het traject")
    sheet = page.locator("#blad")
    sheet.evaluate("(one) => one.scrollIntoView({block: 'start'})")
    box = sheet.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.1)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.2)
    page.mouse.up()
    look(page, "plaats-getekend")
    page.get_by_role("button", name="Markeer op deze pagina").click()
    page.get_by_text("De plaats is gemarkeerd.").wait_for()
    pin = EvidencePin.objects.get()
    # The page lies upside down: what was drawn at the top stands at the bottom.
    assert 0.2 < pin.left < 0.3 < 0.7 < pin.right < 0.8
    assert pin.region.words == "onderaan"
    page.get_by_role("link", name="bladzijde 1, onderaan").click()
    page.wait_for_url(f"**plaats={pin.pk}**")
    look(page, "plaats-bij-criterium")


def test_a_provider_marks_by_keyboard(open_as: Callable[..., Page], indiener: Actor, document: Document) -> None:
    page = open_as(indiener, scripts=False)
    page.goto(f"/aanvragen/{document.authorization.reference}/documenten/{document.pk}/")
    page.get_by_text("Markeer een plaats op pagina 2").click()
    form = page.locator("#markeren-2")
    assert not form.get_by_label("Wat u op de pagina tekende").is_visible()
    form.get_by_label("Bovenste deel").check()
    form.get_by_role("button", name="Markeer").press("Enter")
    page.get_by_text("De medisch adviseur ziet haar bij het criterium.").wait_for()
    assert EvidencePin.objects.get().region.words == "bovenaan"
    look(page, "plaats-van-aanbieder")


def test_what_we_read_is_confirmed(
    open_as: Callable[..., Page], indiener: Actor, insurer: Organization, noor: Actor, document: Document
) -> None:
    own = make.added(make.draft(indiener, insurer), indiener)
    for one in (own, document):
        Document.objects.filter(pk=one.pk).update(features={"big_number": "no"})
        found = [["big_number", "89012345601", 1], ["dated", "2026-11-03", 1], ["signed", "Dr. R. de Wit\narts", 1]]
        DocumentReading.objects.create(document=one, found=found, made_at=make.NOW)
    page = open_as(indiener, scripts=False)
    page.goto(f"/aanvragen/{own.authorization.reference}/documenten/")
    look(page, "gelezen-aanbieder")
    page.locator("button[name=klopt][value$=dated]").press("Enter")
    page.wait_for_url(f"**#document-{own.pk}")
    assert page.get_by_text("Klopt", exact=True).first.is_visible()
    page = open_as(noor, scripts=False)
    page.goto(f"/beoordelen/{document.authorization.reference}/")
    look(page, "gelezen-adviseur")
