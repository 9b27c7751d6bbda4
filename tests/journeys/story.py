"""What every part of a story shares: who is at work, which request it is about, and what day it is."""

import re
from datetime import date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, expect

from authorizations.models import AuthorizationRequest
from portal.world import people, walk
from tests.factories import world
from tests.journeys.visitor import Visitor

REFERENCE = re.compile(r"MA-\w+")
JANSEN, SANNE, NOOR, KOK = "jansen@esdoorn.example", "sanne@esdoorn.example", "noor@zk.example", "kok@zk.example"
TEAM, DESK, DUIN, ASR = "team@zk.example", "balie@zk.example", "duin@duin.example", "adviseur@asr.example"


class Story:
    """People who work in browsers of their own. `me` is who acts now."""

    def __init__(self, chromium: Browser, address: str) -> None:
        self.chromium, self.address = chromium, address
        self.visitors: dict[str, Visitor] = {}
        self.now: datetime = timezone.now()
        self.reference = ""
        self.me: Visitor

    @property
    def today(self) -> date:
        """The day of the story."""
        return timezone.localdate(self.now)

    # -- given ---------------------------------------------------------------------------------------------------------

    def a_request_that_is(self, status: str, *, days_ago: int = 10, by: str = JANSEN, **about: Any) -> str:
        """Begin with a request that was walked to this state, the first step so many days ago; return its number."""
        authorization = world.walk_to(status, now=self.now - timedelta(days=days_ago), by=by, **about)
        self.reference = authorization.reference
        return self.reference

    def a_draft_that_lacks_nothing(self, by: str = JANSEN) -> None:
        """Begin with a draft in which everything is filled in and every document is there."""
        authorization = world.walk_to("draft", now=self.now, by=by)
        walk.add_documents(authorization, by=people.actor(by), now=self.now)
        self.reference = authorization.reference

    # -- who -----------------------------------------------------------------------------------------------------------

    def logs_in(self, who: str, *, javascript: bool = True, again: bool = False) -> None:
        """Let somebody sit down at a computer, or come back to it."""
        if who not in self.visitors or again:
            self.visitors[f"{who}{len(self.visitors)}" if again else who] = self.me = Visitor(
                self.chromium, self.address, javascript=javascript
            )
            self.me.log_in(who, people.PASSWORD)
        else:
            self.me = self.visitors[who]

    def remember_reference(self) -> None:
        """Note which request the page is about."""
        found = REFERENCE.search(self.me.page.url)
        assert found, self.me.page.url
        self.reference = found.group()

    def then_the_portal_names_what_is_missing(self, *words: str) -> None:
        """Read all obstacles at once, above the page, each with a link."""
        said = self.me.obstacles()
        assert len(said) == len(words), said
        for word in words:
            assert any(word in one for one in said), (word, said)
        links = self.me.page.locator("[data-error-summary] li a")
        expect(links).to_have_count(len(words))
        expect(self.me.page.locator("[data-error-summary]")).to_be_focused()

    def then_the_term_rests(self) -> None:
        """Find that no day counts now: there is no last day."""
        assert self.request.due_on is None

    def then_the_term_runs(self) -> None:
        """Find that there is a last day again."""
        assert self.request.due_on

    # -- then ----------------------------------------------------------------------------------------------------------

    @property
    def request(self) -> AuthorizationRequest:
        """The request as the database has it, for what no page shows."""
        return AuthorizationRequest.objects.get(reference=self.reference)

    def mails_to(self, who: str) -> list[str]:
        """Return the mails that the worker sent to this person."""
        folder = Path(settings.DATA_DIR, "mail")
        written = (path.read_bytes() for path in sorted(folder.glob("*.log"))) if folder.exists() else ()
        parts = [message_from_bytes(part.strip(), policy=default) for text in written for part in text.split(b"-" * 79)]
        return [f"{part['Subject']}\n{part.get_content()}" for part in parts if who in str(part["To"])]

    def picture(self, name: str) -> None:
        """Keep a picture for the README, when that was asked for."""
        self.me.picture(name)

    # -- end -----------------------------------------------------------------------------------------------------------

    @property
    def complaints(self) -> list[str]:
        """What went wrong unseen in anybody's browser."""
        return [complaint for visitor in self.visitors.values() for complaint in visitor.complaints]

    def end(self) -> None:
        """Let everybody go home."""
        for visitor in self.visitors.values():
            visitor.keep(f"laatste-{visitor.page.title()[:40]}")
            visitor.context.close()


def text_of(pdf: bytes) -> str:
    """Return what a PDF says, on one line."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return re.sub(r"\s+", " ", words)


__all__ = ["ASR", "DESK", "DUIN", "JANSEN", "KOK", "NOOR", "SANNE", "TEAM", "Story", "expect", "text_of"]
