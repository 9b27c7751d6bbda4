"""What isn't a page of the portal isn't there, and what crosses a line between machines is text."""

import pytest
from django.conf import settings
from django.contrib.auth import hashers
from django.core import signing
from django.test import Client

from portal.celery import app
from portal.settings import CELERY_ACCEPT_CONTENT

NOT_OURS = (
    *("/.git/config", "/.env", "/.well-known/", "/admin/", "/static/", "/static/css/", "/static/../manage.py"),
    *(
        "/static/%2e%2e/manage.py",
        "/media/",
        "/files/",
        "/metrics",
        "/server-status",
        "/debug/",
        "/__debug__/",
        "/api/",
    ),
)


@pytest.mark.asvs("13.4.1", "13.4.2", "13.4.3", "13.4.5")
@pytest.mark.django_db
@pytest.mark.parametrize("path", NOT_OURS)
def test_nothing_lies_beside_the_pages(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.asvs("13.4.6")
@pytest.mark.django_db
def test_no_answer_names_what_it_is_made_with(client):
    answer = client.get("/bestaat-niet/")
    assert not {"Server", "X-Powered-By"} & set(answer.headers)
    assert not settings.DEBUG and b"Traceback" not in answer.content and b"urlpatterns" not in answer.content


@pytest.mark.asvs("4.1.4", "13.4.4")
@pytest.mark.django_db
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO"])
@pytest.mark.parametrize("path", ["/", "/inloggen/", "/aanvragen/", "/bestaat-niet/"])
def test_anything_but_looking_and_sending_a_form_is_refused(client, method, path):
    answer = client.generic(method, path)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


@pytest.mark.django_db
@pytest.mark.parametrize("length", ["x", "-1", "٣", "9" * 5_000, "1.5"])
def test_a_length_that_is_no_number_is_refused(client, length):
    assert client.post("/inloggen/", {"login": "x"}, CONTENT_LENGTH=length).status_code == 400


@pytest.mark.asvs("1.5.2")
def test_what_is_handed_on_is_json():
    assert CELERY_ACCEPT_CONTENT == ["json"] == list(app.conf.accept_content)
    assert app.conf.task_serializer == "json"
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")
    assert signing.loads(signing.dumps({"a": 1})) == {"a": 1}


@pytest.mark.asvs("11.4.2")
def test_a_password_is_kept_by_argon2id():
    kept = hashers.make_password("vier koeien dansen op het dak", hasher="argon2")
    assert kept.startswith("argon2$argon2id$")


@pytest.mark.asvs("3.5.1")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/inloggen/", "/uitloggen/", "/aanvragen/nieuw/", "/profiel/", "/beoordelen/volgende/"]
)
def test_a_form_without_its_token_is_refused(path):
    assert Client(enforce_csrf_checks=True).post(path, {"x": "1"}).status_code == 403


@pytest.mark.asvs("1.3.7")
@pytest.mark.django_db
def test_signs_of_a_template_stay_what_was_typed(log_in, indiener):
    page = log_in(indiener).get("/aanvragen/", {"q": "{{ 7*7 }}{% debug %}"}).content.decode()
    assert "{{ 7*7 }}{% debug %}" in page and "49" not in page.partition("{{ 7*7 }}")[2][:40]
