"""Providers who file and advisors who decide, over HTTP, whatever happens to the server meanwhile."""

import hashlib
import random
import re
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable

from authorizations.domain.terms import DocumentKind, Outcome
from portal.world.walk import FINE, NOT_MET, REASONS
from tests.chaos import prepare
from tests.chaos.browser import Browser, Lost, Page
from tests.chaos.ledger import Ledger

LINK = re.compile(r"/(?:beoordelen|aanvragen)/(MA-[0-9A-Z*~$=]+)/")
BADGE = re.compile(r"mp-case__right.*?utrecht-status-badge[^>]*>([^<]*)<", re.DOTALL)
WITHDRAWN = re.compile(r"utrecht-status-badge[^>]*>Ingetrokken<")
TEXTS = {
    "summary": "Dit is de motivering van het besluit.",
    "not_granted": "Een deel van de uren, omdat daarvoor geen doel in het behandelplan staat.",
    "indication_weighed": "Wij volgen de indicatie van de revalidatiearts.",
    "next_step": "Dien een nieuwe aanvraag in als er meer bekend is.",
}
KEPT_BACK = 5
"""So many drafts each provider keeps for the last act."""
OUTCOMES = (Outcome.GRANTED, Outcome.GRANTED, Outcome.PARTLY_GRANTED, Outcome.DENIED)


class GoneHome(Exception):
    """It is time, and no answer comes any more."""


class Client(threading.Thread, ABC):
    """Somebody at work until told to go home. An answer that doesn't come is asked for again, as people do."""

    def __init__(self, browser: Browser, ledger: Ledger, seed: str) -> None:
        super().__init__(name=browser.email)
        self.browser, self.ledger, self.seed = browser, ledger, seed
        self.chance = random.Random(f"{seed} {browser.email}")
        self.home = threading.Event()
        self.wrong: list[str] = []
        self.lost = 0

    def run(self) -> None:
        try:
            while not self.home.is_set():
                self.turn()
                time.sleep(self.chance.uniform(0, 0.2))
        except GoneHome:
            pass
        except Exception as error:
            self.wrong.append(f"{self.name}: {type(error).__name__}: {error}")

    @abstractmethod
    def turn(self) -> None:
        """Do one piece of work."""

    def get(self, path: str) -> Page:
        """Look at a page."""
        return self.until_answered(lambda: self.browser.get(path))

    def until_answered(self, ask: Callable[[], Page]) -> Page:
        """Ask until an answer comes. A page that says that something went wrong is never an answer."""
        since_home = 0.0
        while True:
            try:
                page = ask()
            except Lost:
                self.lost += 1
                since_home = since_home or (time.monotonic() if self.home.is_set() else 0)
                if since_home and time.monotonic() - since_home > 20:
                    raise GoneHome from None
                time.sleep(self.chance.uniform(0.1, 0.5))
                continue
            if page.status >= 500:
                self.wrong.append(f"{self.name}: {page.status}")
            return page


class Provider(Client):
    """Signs drafts and files them; sometimes adds a document, sometimes thinks better of it."""

    def __init__(self, browser: Browser, ledger: Ledger, seed: str, drafts: list[str]) -> None:
        super().__init__(browser, ledger, seed)
        self.drafts = drafts
        self.kept_back = KEPT_BACK

    def turn(self) -> None:
        time.sleep(self.chance.uniform(0.5, 3))
        if len(self.drafts) <= self.kept_back:
            return
        reference = self.drafts.pop()
        if len(self.drafts) % 3 == 0:
            self.upload(reference)
        if self.file(reference) and self.chance.random() < 0.15:
            self.withdraw(reference)

    def upload(self, reference: str) -> None:
        """Add a file to the draft."""
        asked_at, content = time.time(), prepare.paper(f"{self.seed} {reference}")
        fields, files = {"item": DocumentKind.OVERIG.value}, {"file": ("brief.pdf", content)}
        path = f"/aanvragen/{reference}/documenten/toevoegen/"
        page = self.until_answered(lambda: self.browser.post(path, fields, files))
        if page.status == 200:
            digest = hashlib.sha256(content).hexdigest()
            self.ledger.told("uploaded", reference, asked_at=asked_at, sha256=digest)

    def file(self, reference: str) -> bool:
        """Check, sign and file."""
        asked_at = time.time()
        while True:
            check = self.get(f"/aanvragen/{reference}/controle/")
            if "/ingediend/" in check.location:
                break
            form = check.form("/indienen/")
            if form is None:
                self.wrong.append(f"{reference} kan niet worden ingediend: {check.status}")
                return False
            fields = {**form.fields, "declared": "on"}
            try:
                page = self.browser.post(form.action, fields)
            except Lost:
                # Perhaps it was filed, perhaps not: the page tells.
                self.lost += 1
                continue
            if page.status == 302 and "/ingediend/" in page.location:
                break
            self.wrong.append(f"{reference} is niet aangenomen: {page.status}")
            return False
        self.ledger.told("filed", reference, asked_at=asked_at, by=self.name)
        return True

    def withdraw(self, reference: str) -> None:
        """Take it back, unless it was decided meanwhile; the page of the request tells which of the two."""
        asked_at = time.time()
        reason = {"reason": "De patiënt ziet ervan af."}
        self.until_answered(lambda: self.browser.post(f"/aanvragen/{reference}/intrekken/", reason))
        if WITHDRAWN.search(self.get(f"/aanvragen/{reference}/").text):
            self.ledger.told("withdrawn", reference, asked_at=asked_at)


class Advisor(Client):
    """Takes the most urgent request, judges it, decides; confirms what a colleague proposes."""

    def __init__(self, browser: Browser, ledger: Ledger, seed: str) -> None:
        super().__init__(browser, ledger, seed)
        self.done: set[str] = set()

    def turn(self) -> None:
        mine = [found for found in self.listed("mijn") if found not in self.done]
        proposed = [found for found in self.listed("tweede") if found not in self.done]
        if mine:
            self.review(mine[0])
        elif proposed:
            self.confirm(proposed[0])
        else:
            self.claim_next()

    def listed(self, view: str) -> list[str]:
        """Return the references in a view of the queue."""
        return list(dict.fromkeys(LINK.findall(self.get(f"/beoordelen/?weergave={view}").text)))

    def claim_next(self) -> None:
        asked_at = time.time()
        page = self.until_answered(lambda: self.browser.post("/beoordelen/volgende/", {}))
        if found := LINK.search(page.location):
            self.ledger.told("claimed", found[1], asked_at=asked_at, by=self.name)
        else:
            time.sleep(0.3)

    def review(self, reference: str) -> None:
        """Judge every criterion and decide; what was judged before an answer got lost, is judged already."""
        outcome = random.Random(f"{self.seed} {reference}").choice(OUTCOMES)
        page = f"/beoordelen/{reference}/"
        for form in self.get(page).forms():
            if found := re.search(r"/criterium/([^/]+)/", form.action):
                self.judge(form.action, form.fields, found[1], bad=found[1] in REASONS[outcome])
        self.decide(reference, outcome)
        self.done.add(reference)

    def judge(self, path: str, fields: dict[str, str], code: str, *, bad: bool) -> None:
        if f"{code}-verdict" in fields:
            return
        words = NOT_MET[code] if bad else (FINE, "", "")
        names = (f"{code}-{name}" for name in ("motivation", "missing_fact", "leads_to_consent"))
        fields |= dict(zip(names, words, strict=True))
        fields[f"{code}-verdict"] = "not_met" if bad else "met"
        page = self.until_answered(lambda: self.browser.post(path, fields))
        # 409: it was saved, and only the answer got lost.
        if page.status not in (302, 409):
            self.wrong.append(f"{path}: {page.status}")

    def decide(self, reference: str, outcome: Outcome) -> None:
        asked_at = time.time()
        while True:
            form = self.get(f"/beoordelen/{reference}/besluit/?uitkomst={outcome.value}").form("/besluit/$")
            if form is None or self.status(reference) not in ("In beoordeling", "Antwoord binnen"):
                break
            fields = {**form.fields, **TEXTS, "outcome": outcome.value}
            if outcome is Outcome.PARTLY_GRANTED:
                fields["hours_fysiotherapie"] = "12"
            try:
                page = self.browser.post(form.action, fields)
            except Lost:
                self.lost += 1
                continue
            if page.status == 302:
                break
            if "intussen gewijzigd" in page.text:
                continue
            if self.status(reference) in ("In beoordeling", "Antwoord binnen"):
                self.wrong.append(f"{reference} {outcome.value}: {page.status} {page.complaints()}")
                return
        status = self.status(reference)
        what = "proposed" if status == "Tweede beoordeling" else "decided"
        self.ledger.told(what, reference, asked_at=asked_at, status=status, by=self.name)

    def confirm(self, reference: str) -> None:
        """Judge what a colleague proposed in the same way, and confirm it; the page of the request tells the rest."""
        asked_at = time.time()
        page = f"/beoordelen/{reference}/tweede-oordeel/"
        if form := self.get(page).form("/tweede-oordeel/$"):
            bad = REASONS[Outcome.DENIED]
            given = {name: FINE for name in form.fields if name.startswith("motivation_")}
            codes = [name.removeprefix("motivation_") for name in given]
            given |= {f"verdict_{code}": "not_met" if code in bad else "met" for code in codes}
            sent = {**form.fields, **given, "outcome": Outcome.DENIED.value}
            self.until_answered(lambda: self.browser.post(page, sent))
        page = f"/beoordelen/{reference}/besluit/bevestigen/"
        if form := self.get(page).form("/bevestigen/$"):
            self.until_answered(lambda: self.browser.post(page, form.fields))
        status = self.status(reference)
        self.done.add(reference)
        if status != "Tweede beoordeling":
            self.ledger.told("decided", reference, asked_at=asked_at, status=status, by=self.name)

    def status(self, reference: str) -> str:
        """Return what the bar of the request says of it."""
        found = BADGE.search(self.get(f"/beoordelen/{reference}/").text)
        return found[1].strip() if found else ""
