"""What the logs may not tell."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from portal import logs
from portal.middleware import RequestLog


@pytest.mark.asvs("16.2.1")
@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("BSN 123456782 klopt niet", "BSN … klopt niet"),
        ("mail aan jan.proef@voorbeeld.nl", "mail aan …"),
        ("duplicate key\nDETAIL:  Key (bsn)=(123456782) already exists.", "duplicate key\n…"),
        ("aanvraag 12345 geopend", "aanvraag 12345 geopend"),
        ("bestand 0b7c1c1e-1f57-4c12-9c55-123456789012", "bestand 0b7c1c1e-1f57-4c12-9c55-123456789012"),
    ],
)
def test_what_tells_who_someone_is_goes_out(said, logged):
    assert logs.without_personal_data(None, "info", {"event": said})["event"] == logged


def test_the_browser_of_a_person_is_not_logged():
    assert logs.without_personal_data(None, "info", {"event": "x", "user_agent": "M", "ip": "1"}) == {"event": "x"}


def test_what_was_searched_for_is_not_logged(rf):
    assert RequestLog.format_request(rf.get("/aanvragen/", {"q": "Jansen"})) == "GET /aanvragen/"


@pytest.mark.asvs("16.2.4", "16.4.1")
def test_production_logs_one_json_line_per_event():
    program = (
        "import logging, logging.config; from portal import logs\n"
        "logging.config.dictConfig(logs.logging(machine=True, level='INFO'))\n"
        "try:\n    raise ValueError('van 123456782')\n"
        "except ValueError:\n    logging.getLogger('papers').exception('Mislukt voor %s', 'a@b.nl')"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=settings.BASE_DIR)
    line = json.loads(done.stdout)
    assert (line["event"], line["level"], line["logger"]) == ("Mislukt voor …", "error", "papers")
    assert "ValueError: van …" in line["exception"]


@pytest.mark.django_db
def test_a_request_is_logged_by_its_path(caplog):
    with caplog.at_level("INFO", logger="django_structlog"):
        Client().get("/gezondheid/leeft/", {"q": "Jansen"})
    assert "/gezondheid/leeft/" in caplog.text
    assert "Jansen" not in caplog.text
