"""What an installation must say, and what it is told when it doesn't."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import formats, timezone

from portal.settings import DEMO_DATA_KEYS, DEMO_LOOKUP_KEY

WHOLE = {
    "PATH": os.environ["PATH"],
    "PORTAL_ENV": "production",
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgresql://portaal:geheim%2F@db:5432/portaal?sslmode=verify-full&sslrootcert=system",
    "REDIS_URL": "rediss://redis/0?ssl_cert_reqs=required",
    "CLAMD_ADDRESS": "clamav:3310",
    "PLAIN_HOSTS": "clamav",
    "LOG_LOOKUP_KEY": "o" * 50,
    "LOG_SEAL_KEY": "z" * 50,
    "ALLOWED_HOSTS": "portaal.example",
    "DATA_KEYS": "eerste:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
    "LOOKUP_KEY": "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqYWI=",
}
PROGRAM = (
    "from portal import settings as s; print(s.DATABASES['default'], s.SESSION_COOKIE_NAME, s.SECURE_SSL_REDIRECT)"
)


def start(**changed: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM], env=WHOLE | changed, capture_output=True, text=True, cwd=settings.BASE_DIR
    )


@pytest.mark.asvs("3.3.1", "3.3.3")
def test_production_starts_when_everything_is_given():
    started = start()
    assert started.returncode == 0, started.stderr
    assert "'PASSWORD': 'geheim/'" in started.stdout
    assert "__Host-sessie True" in started.stdout


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY ontbreekt"),
        ({"SECRET_KEY": "alleen-voor-de-demo-en-de-tests"}, "SECRET_KEY is te kort of die van de demo"),
        ({"SECRET_KEY": "k" * 49}, "secrets.token_urlsafe(50)"),
        ({"DEBUG": "1"}, "Haal DEBUG weg"),
        ({"DATABASE_URL": ""}, "DATABASE_URL ontbreekt"),
        ({"REDIS_URL": ""}, "REDIS_URL ontbreekt"),
        ({"CLAMD_ADDRESS": ""}, "CLAMD_ADDRESS ontbreekt"),
        ({"CLAMD_ADDRESS": "clamav"}, "Geef een socket (/run/…) of host:poort"),
        ({"LOG_LOOKUP_KEY": ""}, "LOG_LOOKUP_KEY ontbreekt"),
        ({"LOG_SEAL_KEY": "kort"}, "LOG_SEAL_KEY is te kort"),
        ({"LOG_SEAL_KEY": "k" * 50}, "gelijk aan SECRET_KEY"),
        ({"LOG_SEAL_KEY": "o" * 50}, "Maak er 2 verschillende"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS ontbreekt"),
        ({"DATA_KEYS": ""}, "DATA_KEYS ontbreekt"),
        ({"LOOKUP_KEY": ""}, "LOOKUP_KEY ontbreekt"),
        ({"DATA_KEYS": DEMO_DATA_KEYS}, "DATA_KEYS of LOOKUP_KEY is die van de demo"),
        ({"DATA_KEYS": f"{WHOLE['DATA_KEYS']} {DEMO_DATA_KEYS}"}, "DATA_KEYS of LOOKUP_KEY is die van de demo"),
        ({"LOOKUP_KEY": DEMO_LOOKUP_KEY}, "DATA_KEYS of LOOKUP_KEY is die van de demo"),
        ({"DATA_KEYS": "eerste:kort"}, "python -m kit.crypto"),
        ({"DATA_KEYS_FILE": "/bestaat/niet"}, "DATA_KEYS_FILE is niet te lezen"),
        ({"PORTAL_ENV": "staging"}, "Kies production, demo of test"),
    ],
)
def test_production_refuses_and_says_what_to_do(changed, told):
    refused = start(**changed)
    assert refused.returncode != 0
    assert told in refused.stderr


def test_keys_may_stand_in_a_file(tmp_path):
    (tmp_path / "sleutels").write_text(WHOLE["DATA_KEYS"] + "\n")
    started = start(DATA_KEYS="", DATA_KEYS_FILE=str(tmp_path / "sleutels"))
    assert started.returncode == 0, started.stderr


def test_production_is_what_you_get_when_you_say_nothing():
    assert "SECRET_KEY ontbreekt" in start(PORTAL_ENV="", SECRET_KEY="").stderr


def test_limits_are_always_on_in_production():
    program = "from portal import settings as s; print(s.RATE_LIMITS)"
    for environment, shown in (("production", "True"), ("demo", "False")):
        known = WHOLE | {"PORTAL_ENV": environment, "RATE_LIMITS": "off"}
        said = subprocess.run(
            [sys.executable, "-c", program], env=known, capture_output=True, text=True, cwd=settings.BASE_DIR
        )
        assert said.stdout.strip() == shown


def test_the_demo_asks_nothing():
    nothing = dict.fromkeys(("SECRET_KEY", "DATABASE_URL", "REDIS_URL", "CLAMD_ADDRESS", "ALLOWED_HOSTS"), "")
    assert start(PORTAL_ENV="demo", **nothing).returncode == 0


def test_dates_and_numbers_read_as_dutch():
    moment = timezone.make_aware(timezone.datetime(2026, 11, 20, 10, 42))
    assert formats.date_format(moment) == "20 november 2026"
    assert formats.time_format(timezone.localtime(moment)) == "10.42 uur"
    assert formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT") == "20 november 2026 om 10.42 uur"
    assert formats.number_format(1234.5, use_l10n=True, force_grouping=True) == "1.234,5"
