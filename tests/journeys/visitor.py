"""
Somebody at a computer: what people do on a page, in their words.

Every page that a visitor comes to is looked at once per kind of page and per state: axe finds nothing, nothing sticks
out on a telephone, and nothing failed unseen.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.urls import resolve
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

from tests.browser import OF_COLOURS, OF_WIDTH, PATIENCE, RULES, violations
from tests.factories import logging_in
from tests.journeys import pictures

WIDE, NARROW, SMALLEST = 1280, 390, 320
STATES = ("toon", "lijst", "uitkomst", "weergave", "terug")
EXPECTED = {401, 404, 409, 422}
PICTURES = os.environ.get("PICTURES", "")
# A question is a label with its control, or a legend with its group; what is hidden is no question now.
FIND = """(root, question) => {
    const words = (one) => one.textContent.replace(" (niet verplicht)", "").trim();
    const found = [...root.querySelectorAll("label, legend")]
        .filter((one) => words(one) === question && one.checkVisibility())
        .map((one) => (one.tagName === "LABEL" ? one.control : one.parentElement));
    return found[0] ?? null;
}"""
OPTION = """(group, answer) => [...group.querySelectorAll("label")]
    .find((one) => one.textContent.trim().startsWith(answer))?.control ?? null"""
# Our own numbers of sources and readings, and what a template says that was given nothing.
UNSAID = r"\bS[0-4]: |\bR-\d\d\b|\bNone\b|\{\{|&\w+;"
STICKS_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth).slice(0, 5)
    .map((one) => one.outerHTML.slice(0, 120)).concat(["<html>"])"""
LOOKED_AT = Path(os.environ["PORTAL_TEST_FOLDER"], "bekeken")
"""What some process of this run has judged: a page of one kind is the same for all of them."""

Value = str | date | Sequence[str]


class Visitor:
    """One person in one browser."""

    def __init__(self, browser: Browser, address: str, *, javascript: bool = True) -> None:
        self.address = address
        self.complaints: list[str] = []
        self.context = browser.new_context(
            java_script_enabled=javascript,
            viewport={"width": WIDE, "height": 900},
            locale="nl-NL",
            reduced_motion="reduce",
        )
        self.context.set_default_timeout(PATIENCE)
        self.javascript = javascript
        self.context.on("page", self._listen)
        self.page = self.context.new_page()

    # -- what nobody may see -----------------------------------------------------------------------------------------

    def _listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _console(self, line: ConsoleMessage) -> None:
        # What a browser says about an answer of 400 and up is judged by that answer itself.
        if line.type in ("error", "warning") and "Failed to load resource" not in line.text:
            self.complaints.append(f"console: {line.text}")

    def _response(self, answer: Response) -> None:
        asked_by_person = answer.request.resource_type in ("document", "xhr", "fetch")
        if answer.status >= 400 and not (asked_by_person and answer.status in EXPECTED):
            self.complaints.append(f"{answer.status}: {answer.url}")

    def _failed(self, request: Any) -> None:
        # Aborted is what a browser does with what it no longer needs, or hands over as a download.
        if request.failure and "ERR_ABORTED" not in request.failure:
            self.complaints.append(f"{request.failure}: {request.url}")

    # -- going about -------------------------------------------------------------------------------------------------

    def go(self, path: str) -> None:
        """Open a page."""
        self.page.goto(path if path.startswith("http") else self.address + path)
        self.look()

    def press(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Press a button that leads to another page."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("button", name=name).first.click()
        self.look()

    def follow(self, name: str | re.Pattern[str], *, within: Locator | None = None) -> None:
        """Follow a link."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role("link", name=name).first.click()
        self.look()

    def log_in(self, email: str, password: str) -> None:
        """Log in with a password and a code, from wherever the log-in page stands."""
        if "/inloggen/" not in self.page.url and not self.page.get_by_label("Wachtwoord", exact=True).count():
            self.go("/inloggen/")
        self.fill({"E-mailadres": email, "Wachtwoord": password})
        self.press("Inloggen")
        if self.heading().inner_text() == "Tweede stap":
            logging_in.forget_spent(email)
            self.fill({"Code": logging_in.code_for(email)})
            self.press("Verder")

    # -- reading -----------------------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        """What the page is about."""
        return self.page.locator("main")

    def sees(self, *texts: str | re.Pattern[str]) -> None:
        """Find these words on the page."""
        for text in texts:
            expect(self.main).to_contain_text(text)

    def does_not_see(self, *texts: str) -> None:
        """Find none of these words."""
        for text in texts:
            expect(self.main).not_to_contain_text(text)

    def heading(self) -> Locator:
        """The one title of the page."""
        return self.page.get_by_role("heading", level=1)

    def obstacles(self) -> list[str]:
        """What the error summary says."""
        return self.page.locator("[data-error-summary] li").all_inner_texts()

    def reload_until(self, text: str | re.Pattern[str]) -> None:
        """Look again and again, as people do while something is being made."""
        found = self.main.get_by_text(text).first
        for _ in range(60):
            if found.count():
                break
            self.page.wait_for_timeout(500)
            self.page.reload()
        expect(found).to_be_visible()
        self.look()

    def pdf(self, link: Locator) -> bytes:
        """Fetch the PDF that a link leads to, once the worker has made it."""
        address = self.address + (link.get_attribute("href") or "")
        answer = self.context.request.get(address)
        for _ in range(60):
            if answer.status != 202:
                break
            self.page.wait_for_timeout(500)
            answer = self.context.request.get(address)
        assert answer.status == 200, f"{answer.status} {address}"
        return answer.body()

    # -- filling in --------------------------------------------------------------------------------------------------

    def fill(self, answers: Mapping[str, Value], *, within: Locator | None = None) -> None:
        """Answer questions by the words that stand at them."""
        place = within or self.page.locator("body")
        for question, answer in answers.items():
            self._answer(place, question, answer)

    def _answer(self, place: Locator, question: str, answer: Value) -> None:
        asked = place.evaluate_handle(FIND, question).as_element()
        assert asked, f"Er is geen vraag {question!r} op {self.page.url}."
        kind = asked.evaluate("one => one.tagName")
        if isinstance(answer, date):
            parts = asked.query_selector_all("input")
            for part, value in zip(parts, (answer.day, answer.month, answer.year), strict=True):
                part.fill(str(value))
        elif kind == "FIELDSET":
            for one in answer if isinstance(answer, list) else [answer]:
                chosen = asked.evaluate_handle(OPTION, one).as_element()
                assert chosen, f"Bij {question!r} is geen antwoord {one!r}."
                chosen.check()
        elif kind == "SELECT":
            asked.select_option(label=str(answer))
        else:
            asked.fill(str(answer))

    def upload(self, field: Locator, *files: tuple[str, bytes]) -> None:
        """Choose files in the window that the browser opens for it."""
        with self.page.expect_file_chooser() as opened:
            field.click()
        opened.value.set_files(
            [{"name": name, "mimeType": "application/pdf", "buffer": content} for name, content in files]
        )

    # -- looking -----------------------------------------------------------------------------------------------------

    def look(self, state: str = "") -> None:
        """Judge the page, unless one like it was judged before."""
        if not self.javascript or not urlsplit(self.page.url).path.endswith("/"):
            return
        view = self._view()
        kind = (*view, *self._headings(), state)
        if not self._first(kind):
            return
        name = "-".join(filter(None, [*view, state, str(len([*LOOKED_AT.iterdir()]))])).replace(":", "-")
        self._judge(name, WIDE)
        for width in (NARROW, SMALLEST):
            self._fits(name, width)
        if self._first(view):
            self.page.set_viewport_size({"width": NARROW, "height": 900})
            self._judge(name, NARROW)
            self.page.set_viewport_size({"width": WIDE, "height": 900})
            with self.in_the_dark():
                self._judge(name, WIDE, "donker")
        self.page.set_viewport_size({"width": WIDE, "height": 900})

    def _first(self, kind: tuple[str, ...]) -> bool:
        """Say whether nobody looked at this yet, and that somebody does now."""
        LOOKED_AT.mkdir(exist_ok=True)
        try:
            (LOOKED_AT / sha256(repr(kind).encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def _view(self) -> tuple[str, ...]:
        address = urlsplit(self.page.url)
        found = resolve(address.path)
        chosen = [f"{name}-{value}" for name, value in parse_qsl(address.query) if name in STATES]
        return (found.view_name, str(found.kwargs.get("step", "")), *chosen)

    def _headings(self) -> tuple[str, ...]:
        """What is on the page in outline, without what is different each time."""
        found = self.page.evaluate("[...document.querySelectorAll('h1, h2')].map((one) => one.textContent)")
        return tuple(re.sub(r"MA-\w+|\d+|\S+\.pdf", "", text).strip() for text in found)

    def _judge(self, name: str, width: int, how: str = "") -> None:
        self.keep(f"{name}-{width}{how}")
        said = re.search(UNSAID, self.page.locator("main").inner_text())
        assert said is None, f"{name} zegt {said and said.group()}"
        found = violations(self.page, OF_COLOURS if how else OF_WIDTH if width == NARROW else RULES)
        assert found == [], f"{name} ({width} {how}): {found}"

    def _fits(self, name: str, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        wide = self.page.evaluate(STICKS_OUT)
        assert wide == [], f"{name} is breder dan {width}: {wide}"

    @contextmanager
    def in_the_dark(self) -> Iterator[None]:
        """As somebody sees it whose machine is dark."""
        self.page.emulate_media(color_scheme="dark")
        yield
        self.page.emulate_media(color_scheme="light")

    def picture(self, name: str) -> None:
        """Keep a picture of what is on the screen for the README, when that was asked for."""
        self.page.evaluate("scrollTo(0, 0)")
        pictures.keep(name, self.page.screenshot)

    def keep(self, name: str) -> None:
        """Keep a picture of the whole page, for who builds it."""
        if PICTURES:
            self.page.screenshot(path=Path(PICTURES, f"{name}.png"), full_page=True)
