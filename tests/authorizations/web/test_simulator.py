"""The page that foretells how a plan of appointments goes, and its days for a calendar."""

import pytest
from icalendar import Calendar

from tests.factories import authorizations as make

PAGE, AGENDA = "/aanvragen/verloop/", "/aanvragen/verloop/agenda/"
ASKED = {
    "antwoord": "1", "policy": "zilveren-kruis-msr", "pain": "chronic_pain", "opened_0": "4", "opened_1": "1",
    "opened_2": "2027", "planned": "elke maandag van 4-1-2027 t/m 29-3-2027",
}  # fmt: skip


@pytest.fixture(autouse=True)
def policies(insurer):
    make.policy_version(insurer)


def text(answer):
    return " ".join(answer.content.decode().split())


def test_anybody_asks_and_nothing_is_kept(client, django_assert_num_queries):
    assert "Wij bewaren niets" in text(client.get(PAGE))
    page = text(client.get(PAGE, ASKED))
    assert "Dit plan past in 120 dagen" in page
    assert "dinsdag 4 mei 2027" in page or "maandag 10 mei 2027" in page
    assert '<svg class="mp-course__drawing"' in page and 'role="img"' in page
    assert page.count('class="mp-course__activity"') == 13 + 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"planned": "morgen"}, "Dit is geen datum"),
        ({"planned": "1-1-2027"}, "is voor de opening"),
        ({"planned": ""}, "Beantwoord de vraag"),
        ({"opened_0": "99"}, "Wanneer opent het subtraject?"),
        ({"finished_0": "1", "finished_1": "1", "finished_2": "2026"}, "klaar voor de opening"),
        ({"policy": "x"}, "Kies een antwoord uit de lijst"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(client, changed, words):
    answer = client.get(PAGE, {**ASKED, **changed})
    assert answer.status_code == 422
    assert words in text(answer)
    assert client.get(AGENDA, {**ASKED, **changed})["Location"].startswith(PAGE)


def test_the_days_go_into_a_calendar(client):
    answer = client.get(AGENDA, ASKED)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert events and all(event.walk("VALARM") for event in events)
    assert b"MA-" not in answer.content
