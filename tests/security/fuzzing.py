"""A stranger at every form: collects what can be sent, sends what can't be meant, and keeps count of the answers."""

import json
import logging
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.cookies import SimpleCookie
from random import Random
from typing import Any

from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.test import Client

from tests.journeys.addresses import page_of, said
from tests.security.cells import cells
from tests.security.forms import Form, forms_in
from tests.security.nasty import Sent, send
from tests.security.verdict import Verdict
from tests.security.world import Thing, Visitor

ROUND = 200
"""So many requests build on each other; then everything is put back as it was."""
SAME_FORM = {"/logboek/account/": "/logboek/account/bestand/"}
"""What is asked for with the fields of another page."""
SENDING = 0.75
# It answers 503 when the worker gives no sign of life, and in a test there is none.
TELLS_OF_OTHERS = {"portal:health"}


@dataclass
class Fault:
    """A request that was answered with 500, and where it went wrong."""

    sent: Sent
    visitor: str
    where: str


@dataclass
class Tally:
    """What came of it all."""

    seed: int
    forms: int = 0
    requests: int = 0
    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[Fault] = field(default_factory=list)

    def __str__(self) -> str:
        counts = json.dumps({str(status): count for status, count in sorted(self.statuses.items())})
        done = f"{self.requests} verzoeken aan {self.forms} formulieren in {self.seconds:.0f} s"
        return f"{done}, zaad {self.seed}: {counts}"


def pages(visitor: Visitor, things: Sequence[Thing]) -> Iterator[str]:
    """Return every page that this visitor gets to see; the access table says which, and is held to that elsewhere."""
    for cell in cells([visitor], things, ["GET"]):
        halfway = visitor.roles is None and visitor.user
        if cell.address.name not in TELLS_OF_OTHERS and (halfway or cell.expected == Verdict.OPEN):
            yield cell.path


def collect(visitors: Sequence[Visitor], things: Sequence[Thing]) -> list[tuple[Visitor, Form]]:
    """Read every page as everybody who may; return what each can send, and looking at the page itself."""
    found: list[tuple[Visitor, Form]] = []
    for visitor in visitors:
        known: set[object] = set()
        for path in pages(visitor, things):
            with transaction.atomic():
                answer = visitor.client.get(path)
                transaction.set_rollback(answer.status_code >= 500)
            if not (page := page_of(answer)):
                continue
            forms = [Form(path, "GET"), *forms_in(page, path)]
            forms += [replace(form, path=SAME_FORM[form.path]) for form in forms if form.path in SAME_FORM]
            for form in forms:
                if form.kind not in known and not form.path.startswith("/uitloggen/"):
                    known.add(form.kind)
                    found.append((visitor, form))
    return found


def run(targets: Sequence[tuple[Visitor, Form]], *, requests: int, seed: int) -> Tally:
    """Send so many requests; the same seed sends the same."""
    chance = Random(seed)
    tally = Tally(seed, forms=len(targets))
    looks, sends = ([one for one in targets if (one[1].method == "POST") is posts] for posts in (False, True))
    began = time.monotonic()
    with quiet(), caught() as errors:
        while tally.requests < requests:
            everybody = {visitor for visitor, _ in targets}
            for visitor in everybody:
                visitor.stay()
            cookies = {visitor: _copy(visitor.client) for visitor in everybody}
            with transaction.atomic():
                for _ in range(min(ROUND, requests - tally.requests)):
                    _one(*chance.choice(sends if chance.random() < SENDING else looks), chance, tally, errors)
                transaction.set_rollback(True)
            for visitor, kept in cookies.items():
                visitor.client.cookies = kept
    tally.seconds = time.monotonic() - began
    return tally


def _one(visitor: Visitor, form: Form, chance: Random, tally: Tally, errors: list[str]) -> None:
    sent = send(form, chance)
    client = visitor.client
    client.raise_request_exception = False
    client.handler.enforce_csrf_checks = not sent.with_token
    headers = {name: held.encode("utf-8", "surrogatepass").decode("latin-1") for name, held in sent.headers.items()}
    kept = _copy(client) if "Cookie" in headers else None
    if kept:
        client.cookies.clear()
    errors.clear()
    with transaction.atomic():
        answer = client.generic(sent.method, sent.path, sent.body, sent.content_type, headers=headers)
        said(answer)
        transaction.set_rollback(answer.status_code >= 500 or connection.needs_rollback)
    client.handler.enforce_csrf_checks = False
    if kept:
        client.cookies = kept
    tally.requests += 1
    tally.statuses[answer.status_code] += 1
    if answer.status_code >= 500:
        tally.faults.append(Fault(sent, visitor.name, errors[0] if errors else "geen fout gezien"))


def _copy(client: Client) -> SimpleCookie:
    return SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})


@contextmanager
def caught() -> Iterator[list[str]]:
    """Keep the traceback of what goes wrong."""
    errors: list[str] = []

    def keep(**_: Any) -> None:
        errors.append(traceback.format_exc(limit=-6))

    got_request_exception.connect(keep)
    try:
        yield errors
    finally:
        got_request_exception.disconnect(keep)


@contextmanager
def quiet() -> Iterator[None]:
    """Write no log: a line for each request would take longer than the request."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
