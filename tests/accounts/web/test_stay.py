"""Staying logged in: the warning's button keeps the session, and nothing else does it unasked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain.roles import Role
from tests.factories import accounts
from tests.factories.logging_in import logged_in

pytestmark = pytest.mark.django_db


def test_staying_moves_the_end_of_the_session(client):
    logged_in(client, accounts.person(Role.INDIENER))
    stored = type(client.session).get_model_class().objects.filter(session_key=client.session.session_key)
    almost_over = timezone.now() + timedelta(seconds=30)
    stored.update(expire_date=almost_over)
    assert client.post(reverse("accounts:stay")).status_code == 204
    assert stored.get().expire_date > almost_over + timedelta(minutes=25)


def test_who_is_logged_out_is_told(client):
    assert client.post(reverse("accounts:stay")).status_code in (302, 401)


def test_pages_of_who_has_logged_in_know_when_it_ends(client):
    assert "data-session-seconds" not in client.get("/informatie/").content.decode()
    logged_in(client, accounts.person(Role.INDIENER))
    page = client.get(reverse("accounts:profile")).content.decode()
    assert 'data-session-seconds="1785"' in page
    assert "js/session.js" in page
