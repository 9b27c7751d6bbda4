"""The access table itself: every address x who asks x what is asked for x how, and what came of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from typing import Any
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from accounts.domain.roles import OrganizationKind
from kit.postgres.base import TOLD
from tests.journeys.addresses import Address, every_address, said
from tests.security.verdict import LOOK, METHODS, Shown, Verdict
from tests.security.verdicts import ROWS
from tests.security.world import NOBODY, Thing, Visitor

# What looking may leave behind: that somebody is there, and that somebody looked.
MAY_CHANGE = ("django_session", "usersessions_", "audit_", settings.CACHES["default"]["LOCATION"], "portal_ratecount")
# What is sent where one word decides whether there is anything at all; elsewhere it is nonsense.
SENT = {"portal:failures-retry": {"kind": "letter", "id": "1"}}
CONFIRM = b"Bevestig dat u het bent"
NOTHING = Thing("–", frozenset(), "", {})


@dataclass(frozen=True)
class Cell:
    """One question of the table, with the answer that is right."""

    address: Address
    visitor: Visitor
    thing: Thing
    method: str

    @property
    def expected(self) -> Verdict:
        """Return the declared verdict."""
        row, visitor = ROWS[self.address.name], self.visitor
        owns = not self.needs or bool({visitor.place, visitor.name} & self.thing.owners)
        return row.verdict(
            method=self.method,
            roles=visitor.roles,
            owns=owns,
            state=self.thing.state,
            insurer=visitor.kind == OrganizationKind.INSURER,
            shown=visitor.shown,
            key=visitor.key,
        )

    @property
    def needs(self) -> bool:
        """Say whether the address names something that belongs to somebody."""
        return self.thing is not NOTHING

    @property
    def path(self) -> str:
        """Return where it is."""
        return self.address.path({**NOBODY, **self.thing.names})

    def __str__(self) -> str:
        return f"{self.method} {self.address.name} ({self.thing.name}) door {self.visitor.name}"


def cells(visitors: Sequence[Visitor], things: Sequence[Thing], methods: Sequence[str] = METHODS) -> Iterator[Cell]:
    """Return every cell: things only at addresses that can name them."""
    for address in every_address():
        owned = address.takes - NOBODY.keys()
        fitting = [thing for thing in things if owned <= thing.names.keys()] if owned else [NOTHING]
        # A part that only one request has, a question or a letter, is asked for with that request.
        for thing in fitting:
            for visitor in visitors:
                yield from (Cell(address, visitor, thing, method) for method in methods)


def thinned(asked: Sequence[Cell], one_in: int) -> list[Cell]:
    """Return one in so many, always the same, and of each address and outcome at least one."""
    seen: set[tuple[str, Verdict]] = set()
    kept = []
    for cell in asked:
        outcome = (cell.address.name, cell.expected)
        if outcome not in seen or crc32(str(cell).encode()) % one_in == 0:
            kept.append(cell)
        seen.add(outcome)
    return kept


def ask(cell: Cell) -> tuple[Verdict | str, HttpResponseBase]:
    """Ask it, and give everything back as it was: the cookies of the visitor, and the rows unless it only looked."""
    client = cell.visitor.client
    cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    data: dict[str, Any] = {"data": SENT.get(cell.address.name, {"x": "1"})} if cell.method == "POST" else {}
    with transaction.atomic():
        answer = client.generic(cell.method, cell.path) if not data else client.post(cell.path, **data)
        transaction.set_rollback(cell.method not in LOOK)
    # Read to its end, it closes its file; `close` would close the connection of the test as well.
    said(answer)
    client.cookies = cookies
    return outcome(cell, answer), answer


def outcome(cell: Cell, answer: HttpResponseBase) -> Verdict | str:
    """Return what came of it; anything that fits nowhere as its number."""
    status, where = answer.status_code, answer.get("Location", "")
    refused = {
        HTTPStatus.UNAUTHORIZED: Verdict.CONFIRM if CONFIRM in getattr(answer, "content", b"") else Verdict.LOG_IN,
        HTTPStatus.FORBIDDEN: Verdict.OTHER_ROLE,
        HTTPStatus.NOT_FOUND: Verdict.ABSENT,
        HTTPStatus.METHOD_NOT_ALLOWED: Verdict.NOT_SO,
    }
    if status == HTTPStatus.UNAUTHORIZED and answer.get("WWW-Authenticate", "").startswith("Bearer"):
        return Verdict.KEY
    if status == HTTPStatus.UNAUTHORIZED and cell.address.name == "accounts:confirm" and CONFIRM in answer.content:
        # This is the page that asks it.
        return Verdict.OPEN
    if status in refused:
        return refused[HTTPStatus(status)]
    asks_to_confirm = where.startswith(resolve_url("accounts:confirm"))
    if cell.visitor.shown in (Shown.NO_STEP_YET, Shown.STEP_OWED) and (
        asks_to_confirm or where == resolve_url("mfa_index")
    ):
        return Verdict.SECOND_STEP
    if status == HTTPStatus.FOUND and asks_to_confirm:
        return Verdict.CONFIRM
    if status == HTTPStatus.FOUND and where.startswith(resolve_url(settings.LOGIN_URL)):
        login_asked = cell.address.name.startswith("account_") or cell.address.name == "accounts:onward"
        return Verdict.OPEN if login_asked and ROWS[cell.address.name].let_in is None else Verdict.LOG_IN
    if status == HTTPStatus.FOUND and cell.method in LOOK and cell.method not in ROWS[cell.address.name].asked:
        return Verdict.LED
    understood = status < 400 or status in (
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.CONFLICT,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    )
    return Verdict.OPEN if understood or cell.address.name == "portal:health" else str(status)


def fingerprint() -> dict[str, str]:
    """Return a hash of all rows of each table that looking must leave alone."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if not name.startswith(MAY_CHANGE)]
        found = {}
        for table in tables:
            cursor.execute(f"SELECT md5(string_agg(md5(one::text), '' ORDER BY md5(one::text))) FROM \"{table}\" one")
            found[table] = cursor.fetchone()[0] or ""
    return found


class Writes:
    """What was written while somebody looked, as SQL."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sql_alone = TOLD.sub("", sql)
        changes = sql_alone.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE", "TRUNCATE", "WITH"))
        if changes and not any(name in sql_alone for name in MAY_CHANGE):
            self.seen.append(sql_alone[:120])
        return execute(sql, params, many, context)


@contextmanager
def writes() -> Iterator[Writes]:
    """Watch what is written."""
    watching = Writes()
    with connection.execute_wrapper(watching):
        yield watching
