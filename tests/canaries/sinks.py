"""The places where nothing of a patient may be, and how much of each was searched."""

import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import redis
from django.conf import settings
from django.db import connection

from tests.canaries import words

LOGS, MAIL, REDIS, NAMES, TMP, PDF, ERRORS, EXPORTS, SESSIONS, DATABASE, TASKS, URLS = (
    "logboeken", "e-mail", "Redis: sleutels en waarden", "namen op schijf", "tijdelijke bestanden", "pdf-metadata",
    "foutmeldingen", "exports en antwoorden aan scripts", "sessies", "database als tekst", "opdrachten aan de worker",
    "adressen",
)  # fmt: skip
EVERY = (LOGS, MAIL, REDIS, TASKS, NAMES, TMP, PDF, ERRORS, EXPORTS, SESSIONS, URLS, DATABASE)
# Surnames are searched for with part of a name, so that they stand open in their own column (docs/adr/0006).
WITHOUT_NAMES = {DATABASE, SESSIONS}


@dataclass
class Search:
    """What was searched, per place: how many pieces, how many bytes, and where something was found."""

    pieces: Counter[str] = field(default_factory=Counter)
    size: Counter[str] = field(default_factory=Counter)
    found: list[tuple[str, str]] = field(default_factory=list)

    def look(self, sink: str, content: bytes | str, where: str) -> None:
        """Search one piece."""
        raw = content.encode(errors="replace") if isinstance(content, str) else content
        self.pieces[sink] += 1
        self.size[sink] += len(raw)
        hit = words.pattern(names=sink not in WITHOUT_NAMES).search(raw)
        if hit:
            # Which canary it is says enough; what stands around it could be more of the same.
            self.found.append((sink, f"{where}: {hit.group().decode(errors='replace')[:40]}"))

    def files(self, sink: str, folder: Path, patterns: Iterable[str]) -> None:
        """Search what these files say."""
        for each in patterns:
            for path in folder.glob(each):
                if path.is_file():
                    self.look(sink, path.read_bytes(), path.name)

    def names(self, folder: Path) -> None:
        """Search the names of everything in a folder."""
        for path in folder.rglob("*"):
            self.look(NAMES, path.name, str(path.parent.name))

    def documents(self, media: Path) -> None:
        """Search what letters tell of themselves, and what was left half-way in the store."""
        for path in media.glob("letters/*/*.pdf"):
            with suppress(pikepdf.PdfError), pikepdf.open(path) as document:
                told = [
                    str(document.docinfo),
                    str(document.Root.get("/Metadata") and document.Root.Metadata.read_bytes()),
                ]
                self.look(PDF, "\n".join(told), path.name)
        self.files(TMP, media, ["incoming/*"])

    def redis(self) -> None:
        """Search every key and value, and what waits for the worker."""
        broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
        try:
            for key in broker.scan_iter(count=1000):
                self.look(REDIS, key, "sleutel")
                for value in _values(broker, key):
                    self.look(
                        TASKS if key == settings.CELERY_TASK_DEFAULT_QUEUE.encode() else REDIS, value, key.decode()
                    )
        finally:
            broker.close()

    def database(self) -> None:
        """Search each row of each table, as it would stand in a dump."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            for (table,) in cursor.fetchall():
                cursor.execute(f"""SELECT coalesce(string_agg(t::text, E'\\n'), '') FROM "{table}" t""")
                (rows,) = cursor.fetchone()
                if rows:
                    self.look(DATABASE, rows, table)

    def sessions(self) -> None:
        """Search what sessions hold, unpacked."""
        from django.contrib.sessions.models import Session

        for session in Session.objects.all():
            self.look(SESSIONS, str(session.get_decoded()), "sessie")

    def house(self, folder: Path) -> None:
        """Search what a running house leaves in its folder and in Redis: logs, mail, names, letters."""
        self.files(LOGS, folder, ["*.log"])
        self.files(MAIL, folder, ["mail/*"])
        self.names(folder)
        self.documents(folder / "files")
        self.redis()

    def report(self) -> str:
        """Return a line per place, and what was found."""
        lines = [
            f"  {sink:36}{self.pieces[sink]:9} stukken {self.size[sink] / 1e6:9.1f} MB"
            f" {sum(where == sink for where, _ in self.found):5} gevonden"
            for sink in EVERY
        ]
        return "\n".join([*lines, *(f"    {sink}: {where}" for sink, where in self.found[:40])])


def _values(broker: Any, key: bytes) -> Iterator[bytes]:
    kind = broker.type(key)
    if kind == b"string":
        yield broker.get(key) or b""
    elif kind == b"list":
        yield from broker.lrange(key, 0, -1)
    elif kind == b"hash":
        for name, value in broker.hgetall(key).items():
            yield from (name, value)
    elif kind in (b"set", b"zset"):
        yield from broker.smembers(key) if kind == b"set" else broker.zrange(key, 0, -1)


def plain(content: bytes) -> bytes:
    """Return what a browser would read of an answer that was squeezed."""
    return gzip.GzipFile(fileobj=BytesIO(content)).read() if content[:2] == b"\x1f\x8b" else content
