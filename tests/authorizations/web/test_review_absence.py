"""The page on which people say when they aren't there."""

import pytest
import time_machine

from authorizations.models import Absence
from tests.authorizations.web.test_review_division import TODAY

URL = "/beoordelen/afwezig/"


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(TODAY, tick=False):
        yield


def days(first="24 11 2026", last="27-11-2026", **more):
    return {"van_0": first, "tot_0": last, **more}


def test_a_coordinator_notes_it_for_a_colleague_and_takes_it_away(insurer, noor, coordinator, log_in):
    browser = log_in(coordinator)
    answer = browser.post(URL, days(wie=noor.user_id), follow=True)
    body = answer.content.decode()
    assert f"{noor.name} is er die dagen niet" in body
    assert "24 november 2026" in body
    assert "Nu afwezig" not in body
    assert "weggehaald" in browser.post(URL, {"haalweg": Absence.objects.get().pk}, follow=True).content.decode()
    assert not Absence.objects.exists()


def test_an_advisor_notes_it_for_him_or_herself_alone(insurer, noor, ravi, log_in):
    browser = log_in(noor)
    assert "Wie is er niet?" not in browser.get(URL).content.decode()
    assert browser.post(URL, days("23 11 2026", wie=ravi.user_id)).status_code == 302
    assert Absence.objects.get().user_id == noor.user_id
    assert "Nu afwezig" in browser.get(URL).content.decode()
    assert noor.name not in log_in(ravi).get(URL).content.decode().partition("<main")[2]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (days(first="", wie="{noor}"), "Vul “Eerste dag” in"),
        (days(last="31 2 2026", wie="{noor}"), "Vul een bestaande datum in"),
        (days(), "Kies"),
        (days(wie="999999"), "Kies"),
        (days("27 11 2026", "24 11 2026", wie="{noor}"), "ligt voor de eerste"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(insurer, noor, ravi, coordinator, log_in, given, words):
    given = {name: value.format(noor=noor.user_id) for name, value in given.items()}
    answer = log_in(coordinator).post(URL, given)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert words in body
    for value in given.values():
        assert f'value="{value}"' in body or value in ("", "999999")
    assert not Absence.objects.exists()


@pytest.mark.parametrize("number", ["x", "", "9" * 30, "1"])
def test_an_absence_that_is_not_there_is_no_error(insurer, coordinator, log_in, number):
    assert log_in(coordinator).post(URL, {"haalweg": number}).status_code == 302
