"""The portal as it runs for real, in a folder of its own: the processes of the demo, that may be killed one by one."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import psycopg
from django.conf import settings

from portal import demo, embedded
from tests.postgres import made

PARTS = ("web", "worker", "beat")


class Stage:
    """PostgreSQL, Redis, web server, worker and clock. Every process that is killed here was started here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.running = ExitStack()
        self.postgres = self.running.enter_context(embedded.Postgres(folder / "postgres"))
        self.redis = self.running.enter_context(embedded.Redis(folder / "redis"))
        self.port = embedded.free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("PORTAL_TEST") and name not in ("PYTEST_XDIST_WORKER", "DEBUG")
        }
        self.environment = inherited | {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_ENV": "test",
            "DATABASE_URL": self.postgres.url,
            "DATABASE_OWNER_URL": self.postgres.owner_url,
            "REDIS_URL": self.redis.url,
            "PORTAL_DATA_DIR": str(folder / "data"),
            "PORTAL_URL": self.address,
            "STATIC_ROOT": str(folder / "static"),
        }
        (folder / "static").mkdir()
        self.children: dict[str, demo.Child] = {}

    def prepare(self, drafts: int) -> list[dict[str, str]]:
        """Fill the database; return the drafts that stand ready."""
        made.copy(self.postgres.owner_url)
        command = [sys.executable, "-m", "tests.chaos.prepare", str(drafts)]
        done = subprocess.run(command, env=self.environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def start(self) -> None:
        """Start what `make demo` starts, in the same way."""
        self.children = {child.name: child for child in demo.parts(self.port, self.environment)}
        for child in self.children.values():
            self.running.callback(child.kill)
        self.wait_for_web()

    def wait_for_web(self, seconds: float = 60) -> None:
        """Return when the web server answers."""
        end = time.monotonic() + seconds
        while not demo.answers(self.address):
            assert time.monotonic() < end, "De webserver komt niet op."
            self.supervise()
            time.sleep(0.2)

    def supervise(self) -> None:
        """Start again what died, as the demo and every installation do. Redis is left to who took it away."""
        for child in self.children.values():
            if not child.alive():
                child.restart()

    # -- what the storm does ---------------------------------------------------------------------------------------

    def kill(self, name: str) -> None:
        """End one of the three as if the power went: no warning, nothing finished."""
        os.kill(self.children[name].process.pid, signal.SIGKILL)
        self.children[name].process.wait()

    def kill_helper(self, name: str, choose: float) -> bool:
        """End one process that the web server or the worker started for its work; False when there is none now."""
        helpers = helpers_of(self.children[name].process.pid)
        if not helpers:
            return False
        with suppress(ProcessLookupError):
            os.kill(helpers[int(choose * len(helpers))], signal.SIGKILL)
        return True

    def kill_redis(self) -> None:
        """End Redis; it kept nothing."""
        if self.redis.alive():
            os.kill(self.redis.pid, signal.SIGKILL)
        self.redis.stop()

    def flush_redis(self) -> None:
        """Let Redis forget everything: every bell, and what it knew of bells that were being answered."""
        import redis

        with redis.Redis.from_url(self.redis.url) as client:
            client.flushall()

    # -- what it looks like inside ---------------------------------------------------------------------------------

    def connect(self) -> psycopg.Connection:
        """Return a connection that looks at the database without any of our code."""
        return psycopg.connect(self.postgres.owner_url, autocommit=True)

    def first_error(self) -> str:
        """Return what the web server wrote when it first answered that something went wrong."""
        _, found, after = (self.folder / "logs" / "web.log").read_text().partition("code=500")
        return (found + after)[:4000] if found else ""

    @property
    def data(self) -> Path:
        """The folder with files and mail."""
        return self.folder / "data"

    def close(self) -> None:
        """End everything that was started."""
        self.running.close()


def helpers_of(pid: int) -> list[int]:
    """Return the children of a process."""
    found = []
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in listed.read_text().split()]
    return sorted(found)
