"""The pages for when a page can't be shown."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.test import Client, override_settings
from django.urls import path, reverse

from portal import errors
from portal.urls import handler400, handler403, handler404, handler500
from portal.urls import urlpatterns as real

pytestmark = pytest.mark.django_db


def raises(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    *real,
    path("proef/403/", raises(PermissionDenied("Voor deze pagina is een andere rol nodig: beheerder."))),
    path("proef/404/", raises(Http404)),
    path("proef/500/", raises(RuntimeError("stuk"))),
    path("proef/503/", raises(OperationalError("weg"))),
]
__all__ = ["handler400", "handler403", "handler404", "handler500"]


@pytest.mark.asvs("16.5.1")
@pytest.mark.parametrize(
    ("where", "status", "told"),
    [
        ("/proef/403/", 403, "andere rol nodig: beheerder"),
        ("/proef/404/", 404, "Deze pagina is er niet"),
        ("/bestaat-niet/", 404, "Deze pagina is er niet"),
        ("/proef/500/", 500, "Er ging iets mis bij ons"),
        ("/proef/503/", 503, "even niet bereikbaar"),
    ],
)
@override_settings(ROOT_URLCONF=__name__)
def test_an_error_is_told_in_dutch(where, status, told):
    response = Client(raise_request_exception=False).get(where)
    assert response.status_code == status
    assert told in response.content.decode()
    assert "Machtigingsportaal</title>" in response.content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_an_absent_database_asks_to_come_back():
    assert Client(raise_request_exception=False).get("/proef/503/")["Retry-After"] == "60"


def test_a_form_that_was_open_too_long_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/beheer/storingen/opnieuw/")
    assert response.status_code == 403
    assert "Er is niets verstuurd" in response.content.decode()


@pytest.mark.asvs("16.5.2")
def test_words_alone_remain_when_the_house_is_broken(rf, monkeypatch):
    monkeypatch.setattr(errors, "render_to_string", lambda *args: 1 / 0)
    response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "is er nog" in response.content.decode()


def test_a_host_that_is_not_ours_is_refused():
    assert Client(raise_request_exception=False).get("/", headers={"host": "evil.example"}).status_code == 400


def test_who_may_not_open_a_page_keeps_the_menu_and_only_finds_what_is_open_there(log_in, beheerder):
    browser = log_in(beheerder)
    refused = browser.get("/beoordelen/")
    assert refused.status_code == 403
    found = set(re.findall(r'<a [^>]*href="(/[^"#?]*)"', refused.content.decode()))
    assert reverse("accounts:colleagues") in found
    assert "/beoordelen/" not in found
    assert {page: browser.get(page, follow=True).status_code for page in found} == dict.fromkeys(found, 200)
