"""
Settings of the tests: those of the portal, on servers that live as long as this run.

The first process of a run starts PostgreSQL, Redis and clamd; the workers of pytest-xdist inherit the addresses, and
each gets a database of its own (pytest-django), a Redis number and a folder.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from portal import embedded, virus_scanner

RUNS = Path(__file__).resolve().parent.parent / ".test"


def start_servers() -> None:
    """Start what the environment doesn't name; it stops when this process ends, in whatever way."""
    with embedded.alone(RUNS / "lock"):
        embedded.remove_abandoned(RUNS)
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=RUNS))
        running = ExitStack()
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        # The Redis of the run also marks the folder as in use, so it is there even when both addresses are given.
        redis = running.enter_context(embedded.Redis(folder / "redis"))
        os.environ.setdefault("REDIS_URL", redis.url)
        if not os.environ.get("DATABASE_URL"):
            postgres = running.enter_context(embedded.Postgres(folder / "postgres", durable=False))
            os.environ["DATABASE_URL"] = postgres.url
            os.environ["DATABASE_OWNER_URL"] = postgres.owner_url
            os.environ["PORTAL_TEST_POSTGRES"] = "ours"
        if not os.environ.get("CLAMD_ADDRESS"):
            clamd = running.enter_context(virus_scanner.Clamd(folder / "clamd"))
            os.environ |= {"CLAMD_ADDRESS": clamd.url, "CLAMD_SIGNATURES": "test"}
        atexit.register(running.close)
    os.environ["PORTAL_TEST_FOLDER"] = str(folder)


os.environ["PORTAL_ENV"] = "test"
if "PORTAL_TEST_FOLDER" not in os.environ:
    start_servers()
worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
os.environ["PORTAL_DATA_DIR"] = str(Path(os.environ["PORTAL_TEST_FOLDER"], worker))
os.environ["REDIS_URL"] = os.environ["REDIS_URL"].rpartition("/")[0] + f"/{int(worker[2:]) % 16}"

from portal.settings import *  # noqa: E402, F403

STATIC_ROOT = DATA_DIR / "static"  # noqa: F405  # nothing is collected: pages take their files from static/ itself
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Argon2 is slow on purpose; the tests log in a thousand times. tests/portal checks the real setting.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]  # noqa: F405
# The tables are made and emptied by their owner; all else, tests too, is done as the role that the portal runs as.
DATABASES["default"]["ENGINE"] = "tests.postgres"  # noqa: F405
# Each browser of a test has its own middleware, which would walk through all static files first.
WHITENOISE_AUTOREFRESH = True
