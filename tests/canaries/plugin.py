"""The search as a part of pytest: after each test, while what it left is still there."""

import logging
import os
import tempfile
import threading
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings
from django.core import mail
from django.core.signals import got_request_exception
from django.db import connection
from django.test import Client
from psycopg.pq import TransactionStatus

from security import figures
from tests.canaries import sinks
from tests.canaries.sinks import Search

SEEN = Search()
COPY: dict[str, Any] = {"pages": 0, "files": {}, "rolled_back": 0}
SHOWS_WHAT_WAS_TYPED = {HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.CONFLICT, HTTPStatus.UNAUTHORIZED}
# Tests tell figures of their own, of which `make security` must not hear.
KEPT_IN = os.environ.pop(figures.KEPT_IN, "")
EXPORTS = ("text/csv", "application/json", "text/plain", "application/zip")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to listen: to the log, to every command that Redis gets, to pages and errors."""
    from django.conf import settings as ready

    folder = Path(ready.DATA_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    log = logging.FileHandler(folder / "kanarie.log")
    log.setFormatter(next((one.formatter for one in logging.getLogger().handlers if one.formatter), None))
    COPY["log"] = log
    listener = threading.Thread(target=_listen, args=(folder / "kanarie-redis",), daemon=True)
    listener.start()
    got_request_exception.connect(_note_error)
    answer = Client.request

    def request(self: Client, **asked: Any) -> Any:
        response = answer(self, **asked)
        _note_answer(response)
        return response

    Client.request = request  # type: ignore[method-assign]


def _listen(path: Path) -> None:
    """Write down everything that Redis is told, from whichever process."""
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    with suppress(redis.RedisError), path.open("ab", buffering=0) as out, broker.monitor() as monitor:
        for command in monitor.listen():
            out.write(command["command"].encode(errors="replace") + b"\n")


def _note_error(sender: Any, **about: Any) -> None:
    import sys

    SEEN.look(sinks.ERRORS, repr(sys.exc_info()[1]), "uitzondering")


def _note_answer(response: Any) -> None:
    kind = response.headers.get("Content-Type", "").split(";")[0]
    where = f"{response.request.get('REQUEST_METHOD')} {response.status_code}"
    # What a test made up itself and the portal doesn't know is no address of the portal.
    asked = "" if response.status_code == HTTPStatus.NOT_FOUND else response.request.get("PATH_INFO", "")
    SEEN.look(sinks.URLS, " ".join([asked, response.headers.get("Location", "")]), where)
    if response.streaming:
        return
    body = sinks.plain(response.content)
    if sinks.words.pattern().search(body) and kind == "text/html":
        COPY["pages"] += 1
    if response.status_code >= HTTPStatus.BAD_REQUEST and response.status_code not in SHOWS_WHAT_WAS_TYPED:
        SEEN.look(sinks.ERRORS, body, where)
    if kind in EXPORTS and response.status_code not in SHOWS_WHAT_WAS_TYPED:
        SEEN.look(sinks.EXPORTS, body, where)


@pytest.fixture(autouse=True)
def canaries(request: pytest.FixtureRequest) -> Iterator[None]:
    """Search after each test; the database before it is emptied."""
    # Before this fixture ends nothing that the test had is gone.
    has_database = any(name in request.fixturenames for name in ("db", "transactional_db", "world"))
    if has_database:
        request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    root = logging.getLogger()
    root.addHandler(COPY["log"])
    yield
    root.removeHandler(COPY["log"])
    if not has_database:
        return
    for message in mail.outbox if hasattr(mail, "outbox") else ():
        SEEN.look(sinks.MAIL, f"{message.subject}\n{message.body}", "bericht")
    SEEN.documents(Path(settings.MEDIA_ROOT))
    SEEN.names(Path(settings.MEDIA_ROOT))
    # A test that broke its transaction, or its connection, left nothing: all of it is rolled back.
    broken = connection.connection and connection.connection.info.transaction_status == TransactionStatus.INERROR
    if broken or connection.needs_rollback or connection.closed_in_transaction:
        COPY["rolled_back"] += 1
        return
    SEEN.sessions()
    SEEN.database()
    _queued_mail()


def _queued_mail() -> None:
    from papers.models import Mail

    for one in Mail.objects.all():
        SEEN.look(sinks.MAIL, f"{one.subject}\n{one.body}\n{one.key}", "bericht in de rij")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Search what was written to disk all along, and tell."""
    folder = Path(settings.DATA_DIR)
    run = folder.parent
    SEEN.house(folder)
    SEEN.files(sinks.LOGS, run, ["postgres/log", "redis/log"])
    SEEN.files(sinks.TASKS, folder, ["kanarie-redis"])
    _temporary()
    tell = terminalreporter.write_line
    tell("")
    tell(f"Kanaries: {len(sinks.words.NUMBERS)} nummers, {len(sinks.words.SURNAMES)} namen en "
         f"{len(sinks.words.phrases())} zinnen; op {COPY['pages']} pagina's stonden ze, waar dat hoort.")  # fmt: skip
    tell(SEEN.report())
    tell(f"{COPY['rolled_back']} tests lieten niets achter om te doorzoeken: hun transactie was al teruggedraaid.")
    searched = f"in {SEEN.pieces.total()} stukken, {SEEN.size.total() / 1e6:.0f} MB"
    os.environ[figures.KEPT_IN] = KEPT_IN
    figures.tell("kanaries: gevonden waar zij niet horen", len(SEEN.found), target=0, unit=searched)
    # Without this, the canaries could be ones that nothing ever shows.
    figures.tell("kanaries: pagina's waarop zij wel horen", COPY["pages"], target=1, at_least=True)


def _temporary() -> None:
    """Search what was left in the folder for temporary files of this run; pytest's own hold what tests put there."""
    for path in Path(tempfile.gettempdir()).rglob("*"):
        if path.is_file() and "pytest-of-" not in str(path) and os.access(path, os.R_OK):
            SEEN.look(sinks.TMP, path.name, "naam")
            SEEN.look(sinks.TMP, path.read_bytes()[:5_000_000], path.name)
