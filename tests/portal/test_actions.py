"""Opening the address of a button, or asking an address for what it doesn't do, never gives an empty page."""

import pytest
from django.http import HttpResponse
from django.urls import reverse

from portal.middleware import ActionPages

pytestmark = pytest.mark.django_db
REFERENCE = "MA-123456789"


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_button_leads_to_its_page(client, method):
    assert getattr(client, method)("/beoordelen/post/maken/")["Location"] == "/beoordelen/post/"
    assert getattr(client, method)("/beoordelen/post/3/verstuurd/")["Location"] == "/beoordelen/post/"


def test_filing_leads_to_the_check():
    way = ActionPages(HttpResponse)
    step = reverse("authorizations:intake-submit", args=[REFERENCE])
    assert way.page(step) == reverse("authorizations:intake-check", args=[REFERENCE])
    assert way.page("/beheer/storingen/opnieuw/") == "/beheer/storingen/"


def test_what_a_page_does_not_do_is_said_in_the_house_style(client):
    response = client.post("/informatie/")
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "Dit kan hier niet" in response.content.decode()
    assert client.head("/informatie/").status_code == 200
