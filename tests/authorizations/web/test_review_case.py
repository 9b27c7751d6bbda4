"""The page of one request, for who judges it and for who divides the work."""

import pytest

from portal.world import people

STATES = (
    "submitted", "in_review", "waiting_for_provider", "answered", "second_review",
    "granted", "partly_granted", "denied", "withdrawn",
)  # fmt: skip
TABS = ("", "formulier", "uren", "vragen", "verloop", "eerder")


@pytest.mark.parametrize("status", STATES)
def test_every_part_of_the_page_opens_in_every_state(authorization_in, log_in, status):
    authorization = authorization_in(status)
    browser = log_in(people.actor("noor@zk.example"))
    for tab in TABS:
        response = browser.get(f"/beoordelen/{authorization.reference}/", {"toon": tab})
        assert response.status_code == 200
