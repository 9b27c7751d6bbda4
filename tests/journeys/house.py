"""The real worker and clock beside the web server of a test."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

TOOLS = Path(sys.executable).parent
PATIENCE = 60
QUIET = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid() AND state <> 'idle'"


class House:
    """A worker and a clock that see the database of this run. What is ended here was started here."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        celery = [str(TOOLS / "celery"), "--app", "portal"]
        self.broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
        self.broker.flushdb()
        worker = [*celery, "worker", "--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        clock = [*celery, "beat", "--pidfile=", "--schedule", str(folder / "klok"), "--loglevel", "INFO"]
        self.log = folder / "huis.log"
        self.children = [self._start(command, environment) for command in (worker, clock)]

    def _start(self, command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                env={**environment, "DJANGO_SETTINGS_MODULE": "tests.settings"},
                cwd=settings.BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def wake(self) -> None:
        """Let the clock ring again."""
        self._clock(signal.SIGCONT)

    def rest(self) -> None:
        """Stop the clock and return when the worker has nothing in hand, so that the database can be emptied."""
        self._clock(signal.SIGSTOP)
        deadline = time.monotonic() + PATIENCE
        calm = 0
        while calm < 3:
            assert time.monotonic() < deadline, f"De worker komt niet tot rust; zie {self.log}."
            calm = calm + 1 if self._is_quiet() else 0
            time.sleep(0.05)

    def _is_quiet(self) -> bool:
        if self.broker.llen(settings.CELERY_TASK_DEFAULT_QUEUE) or self.broker.hlen("unacked"):
            return False
        with connection.cursor() as cursor:
            cursor.execute(QUIET, [connection.settings_dict["NAME"]])
            return cursor.fetchone() == (0,)

    def _clock(self, sign: signal.Signals) -> None:
        for child in self.children:
            assert child.poll() is None, f"Een deel van het huis is gestopt; zie {self.log}."
        os.kill(self.children[1].pid, sign)

    def close(self) -> None:
        """End both, with their helpers."""
        for child in self.children:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.broker.close()
