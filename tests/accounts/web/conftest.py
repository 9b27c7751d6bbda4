import pytest


@pytest.fixture(autouse=True)
def home(settings):
    """Land on pages of this app, so that these tests need no other."""
    settings.HOME_OF = {"provider": "accounts:organization", "insurer": "accounts:profile"}


@pytest.fixture
def mails(db):
    """Return a function that reads the mails that wait to be sent."""
    from papers.models import Mail

    return lambda: list(Mail.objects.order_by("pk"))
