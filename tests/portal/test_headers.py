"""What every answer tells the browser, whoever asks and however it ends."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal.middleware import PERMISSIONS

pytestmark = pytest.mark.django_db
ANSWERS = {
    "/privacy/": 200,
    "/inloggen/": 200,
    "/": 200,
    "/profiel/": 302,
    "/bestaat-niet/": 404,
    "/meldingen/csp/": 405,
    "/static/js/portal.js": 200,
}


@pytest.mark.asvs("3.4.4", "3.4.5", "3.4.8", "3.5.8", "4.1.1")
@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_closes_what_it_does_not_need(client, path):
    answer = client.get(path)
    answer.close()
    assert answer.status_code == ANSWERS[path]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Permissions-Policy"] == PERMISSIONS
    assert re.search(r'; charset="?utf-8', answer["Content-Type"])


def test_a_browser_may_do_nothing_but_ask_for_a_passkey():
    allowed = {part.split("=")[0] for part in PERMISSIONS.split(", ") if not part.endswith("=()")}
    assert allowed == {"publickey-credentials-create", "publickey-credentials-get"}


@pytest.mark.asvs("3.4.3", "3.4.6")
@pytest.mark.parametrize("path", [path for path in ANSWERS if not path.startswith("/static/")])
def test_nothing_runs_but_what_the_page_itself_names(client, path):
    policy = dict(part.partition(" ")[::2] for part in client.get(path)["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert re.fullmatch(r"('nonce-[\w+/=]{24}' )?'strict-dynamic'", policy["script-src"])
    ours = ("style-src", "img-src", "font-src", "connect-src", "form-action")
    assert {policy[what] for what in ours} == {"'self'"}
    assert (policy["require-trusted-types-for"], policy["trusted-types"]) == ("'script'", "portaal")
    assert policy["report-uri"] == reverse("portal:csp-report")


@pytest.mark.asvs("3.4.3")
def test_every_script_has_the_number_of_its_page_and_no_two_answers_share_one(client):
    numbers = set()
    for _ in range(200):
        answer = client.get("/privacy/")
        (number,) = re.findall(r"'nonce-([^']+)'", answer["Content-Security-Policy"])
        scripts = re.findall(r"<script[^>]*>", answer.content.decode())
        assert scripts and all(f'nonce="{number}"' in script for script in scripts)
        numbers.add(number)
    assert len(numbers) == 200


@pytest.mark.asvs("3.4.1")
def test_the_whole_site_is_https_for_a_year(settings):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = 365 * 24 * 3600, True
    assert settings.MIDDLEWARE[0].endswith(".SecurityMiddleware"), "before everything, so that nothing lacks it"
    for path in ANSWERS:
        answer = Client().get(path, secure=True)
        answer.close()
        assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains", path


def test_what_is_told_once_travels_in_no_cookie():
    assert settings.MESSAGE_STORAGE.endswith("SessionStorage")


@pytest.mark.asvs("6.3.4")
def test_there_is_no_second_way_in():
    """Django's own admin would show every field and change what the services guard."""
    assert list(settings.BASE_DIR.glob("*/admin.py")) == []
    with pytest.raises(NoReverseMatch):
        reverse("admin:index")
    assert "django.contrib.admin" not in settings.INSTALLED_APPS


@pytest.mark.asvs("3.4.7")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"csp-report": {"blocked-uri": "inline", "document-uri": "http://x/a/?q=naam"}}, 204),
        ({"csp-report": {"blocked-uri": "http://[", "document-uri": 3}}, 400),
        ({"csp-report": {}}, 204),
        ({"csp-report": []}, 400),
        ([], 400),
        ({"csp-report": {"blocked-uri": "x" * 20_000}}, 400),
    ],
)
def test_what_a_browser_reports_is_taken_in_whatever_it_is(client, body, status):
    assert client.post("/meldingen/csp/", body, content_type="application/json").status_code == status


def test_a_report_that_is_no_json_is_refused(client):
    assert client.post("/meldingen/csp/", b"\xff{", content_type="application/csp-report").status_code == 400


def test_a_report_says_where_and_not_what_was_searched(client, caplog):
    client.post(
        "/meldingen/csp/",
        {"csp-report": {"document-uri": "http://x/aanvragen/?zoek=Bos", "effective-directive": "script-src"}},
        content_type="application/json",
    )
    assert "/aanvragen/" in caplog.text and "Bos" not in caplog.text
