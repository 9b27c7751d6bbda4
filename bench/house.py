"""The portal to be measured: servers and data of its own in .bench/, kept between runs; the processes of the demo."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from io import StringIO
from pathlib import Path

from portal import demo, embedded, virus_scanner

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".bench"


class House:
    """PostgreSQL (durable, as everywhere), Redis, and the web server or the worker when a measurement wants it."""

    def __init__(self, size: int, running: ExitStack) -> None:
        self.folder = FOLDER / str(size)
        self.size = size
        self._fresh_after_a_change_of_tables()
        self.postgres = running.enter_context(embedded.Postgres(self.folder / "postgres"))
        self.redis = running.enter_context(embedded.Redis(self.folder / "redis"))
        self.clamd = running.enter_context(virus_scanner.Clamd(self.folder / "clamd"))
        self.port = embedded.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        ours = {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_ENV": "demo",
            "DATABASE_URL": self.postgres.url,
            "DATABASE_OWNER_URL": self.postgres.owner_url,
            "REDIS_URL": self.redis.url,
            "CLAMD_ADDRESS": self.clamd.url,
            "CLAMD_SIGNATURES": "test",
            "PORTAL_DATA_DIR": str(self.folder / "data"),
            "PORTAL_URL": self.address,
            "STATIC_ROOT": str(self.folder / "static"),
            "LOG_LEVEL": "WARNING",
            # One reader here searches faster than anybody may.
            "RATE_LIMITS": "off",
        }
        os.environ.update(ours)
        os.environ.pop("DEBUG", None)
        self.environment = dict(os.environ)
        demo.FOLDER, demo.LOGS = self.folder, self.folder / "logs"
        demo.LOGS.mkdir(parents=True, exist_ok=True)

    def _fresh_after_a_change_of_tables(self) -> None:
        """Throw the data away when the tables are others than those they were made for."""
        tables = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(ROOT.glob("*/migrations/*.py"))))
        note = self.folder / "tabellen"
        if not note.exists() or note.read_text() != tables.hexdigest():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            note.write_text(tables.hexdigest())

    def furnish(self) -> None:
        """Bring database, policies, codes and static files up to date, and set up Django in this process."""
        import django

        django.setup()
        from django.core.management import call_command

        (self.folder / "static").mkdir(exist_ok=True)
        from kit import tenancy

        tenancy.become(tenancy.Context(system=tenancy.COMMAND))
        for command in ("migrate", "load_policies", "load_catalogue"):
            call_command(command, verbosity=0, stdout=StringIO())
        call_command("collectstatic", interactive=False, verbosity=0)

    @contextmanager
    def web(self) -> Iterator[demo.Child]:
        """Run the web server: two workers with four threads, each with a connection of its own."""
        web = demo.web(self.port, self.environment)
        try:
            for _ in range(300):
                if demo.answers(self.address):
                    break
                time.sleep(0.1)
            yield web
        finally:
            web.ask_to_stop()
            web.stop()

    @contextmanager
    def worker(self, processes: int = 1) -> Iterator[demo.Child]:
        """Run the worker with so many processes."""
        worker = demo.worker(self.environment, processes)
        try:
            yield worker
        finally:
            worker.ask_to_stop()
            worker.stop()
