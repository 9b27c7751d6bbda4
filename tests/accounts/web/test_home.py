"""Where people land, with the pages of the apps above."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.web.adapter import home_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    """Leave the setting as it is, other than in the tests beside this one."""


@pytest.mark.parametrize("who", ["lezer", "indiener", "behandelaar", "organisatiebeheerder"])
def test_a_provider_lands_on_its_requests(who, request):
    assert home_of(request.getfixturevalue(who)) == reverse(settings.HOME_OF["provider"])


@pytest.mark.parametrize("who", ["medewerker", "adviseur", "coordinator"])
def test_who_reviews_lands_on_the_queue(who, request):
    assert home_of(request.getfixturevalue(who)) == reverse(settings.HOME_OF["insurer"])


def test_who_only_manages_people_lands_on_the_colleagues(beheerder):
    assert home_of(beheerder) == reverse("accounts:colleagues")
