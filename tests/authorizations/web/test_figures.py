"""The figures on the desk and those for everybody: who reads them, of which period, and what a file says."""

import csv
import io
import re
from datetime import UTC, date, datetime

import pytest

from authorizations.domain.figures import Measure
from authorizations.models import DayFigure, FiguresDay, PublicFigures
from tests.factories import authorizations as make
from tests.journeys.addresses import said

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 30, 1, tzinfo=UTC)
DESK, FILE, PUBLIC = "/beoordelen/cijfers/", "/beoordelen/cijfers/bestand/", "/cijfers/"


def add(insurer, day, measure, key, number, policy="zilveren-kruis-msr"):
    DayFigure.objects.create(insurer=insurer, on_day=day, measure=measure.value, key=key, number=number, policy=policy)


@pytest.fixture
def counted(insurer):
    """A year of figures of this insurer, counted up to and including 29 November."""
    make.policy_version(insurer)
    for day in (date(2024, 3, 1), date(2026, 11, 29)):
        FiguresDay.objects.create(on_day=day, counted_at=NOW)
    add(insurer, date(2025, 11, 30), Measure.RECEIVED, "", 1000)  # just outside the last twelve months
    add(insurer, date(2025, 12, 1), Measure.RECEIVED, "", 12)
    add(insurer, date(2026, 11, 3), Measure.RECEIVED, "", 30)
    add(insurer, date(2026, 11, 3), Measure.RECEIVED, "", 7, policy="ander-beleid")
    for key, number in (("granted", 20), ("partly_granted", 3), ("denied", 6), ("withdrawn", 1)):
        add(insurer, date(2026, 11, 3), Measure.OUTCOME, key, number)
    add(insurer, date(2026, 11, 3), Measure.FIRST_TIME_RIGHT, "ja", 22)
    add(insurer, date(2026, 11, 3), Measure.FIRST_TIME_RIGHT, "nee", 7)
    for measure, days in ((Measure.INSURER_TIME, 6), (Measure.PROVIDER_TIME, 2), (Measure.PATIENT_TIME, 8)):
        add(insurer, date(2026, 11, 3), measure, str(days), 28)
        add(insurer, date(2026, 11, 3), measure, str(days * 5), 5)
    add(insurer, date(2026, 11, 3), Measure.QUESTION, "c2a", 5)
    add(insurer, date(2026, 11, 3), Measure.DENIED_FOR, "c2a", 6)
    add(insurer, date(2026, 11, 3), Measure.DENIED_FOR, "van-vroeger", 1)
    add(insurer, date(2026, 11, 3), Measure.SECOND_REVIEW, "bevestigd", 6)
    return insurer


def shown(browser, **query):
    answer = browser.get(DESK, query)
    assert answer.status_code == 200
    return answer.context["figures"], answer.content.decode()


@pytest.mark.parametrize("who", ["coordinator", "adviseur", "beheerder"])
def test_the_desk_reads_what_came_in_what_came_of_it_and_whose_time_it_was(log_in, counted, request, who):
    page, text = shown(log_in(request.getfixturevalue(who)))
    assert "Bijgewerkt tot en met 29 november 2026" in text
    assert page.facts == [
        ("Ontvangen", "49"),
        ("Afgerond", "30"),
        ("In één keer goed", "76%"),
        ("Hele wachttijd, mediaan", "8 werkdagen"),
    ]
    assert [(line.label, line.number, line.share) for line in page.outcomes] == [
        ("Toegekend", 20, 67),
        ("Gedeeltelijk toegekend", 3, 10),
        ("Afgewezen", 6, 20),
        ("Ingetrokken", 1, 3),
    ]
    assert [(time.label, time.median, time.p90) for time in page.times] == [
        ("Verzekeraar", 6, 30),
        ("Zorgaanbieder", 2, 10),
        ("Hele wachttijd van de patiënt", 8, 40),
    ]
    assert [(line.label, line.number, line.share) for line in page.denials] == [
        ("De eerste lijn is voldoende geprobeerd", 6, 100),
        ("van-vroeger", 1, 17),
    ]
    assert [(line.label, line.number) for line in page.questions] == [("De eerste lijn is voldoende geprobeerd", 5)]
    assert [(line.label, line.number) for line in page.seconds] == [("Bevestigd", 6), ("Teruggegeven", 0)]
    assert [(month.name, month.received) for month in page.months][:2] == [("december 2025", 12), ("januari 2026", 0)]
    assert len(page.months) == 12


@pytest.mark.parametrize(
    ("query", "received"),
    [
        ({}, "49"),
        ({"periode": "3-maanden"}, "37"),
        ({"periode": "2025"}, "1.012"),
        ({"beleid": "zilveren-kruis-msr"}, "42"),
        ({"periode": "gisteren", "beleid": "'"}, "49"),  # no choice at all
    ],
)
def test_a_period_and_a_policy_narrow_them(log_in, counted, coordinator, query, received):
    page, _ = shown(log_in(coordinator), **query)
    assert page.facts[0] == ("Ontvangen", received)


def test_a_period_without_anything_says_so(log_in, counted, coordinator):
    page, text = shown(log_in(coordinator), periode="2024")
    assert page is None
    assert "In deze periode is er niets ontvangen en niets afgerond" in text


def test_before_a_day_was_counted_the_page_says_when_there_will_be_figures(log_in, insurer, coordinator):
    browser = log_in(coordinator)
    assert "Morgen staan hier de eerste cijfers" in browser.get(DESK).content.decode()
    assert said(browser.get(FILE)).splitlines()[0].endswith("maand;beleid;cijfer;onderdeel;aantal")


def test_a_period_with_only_what_came_in_draws_no_empty_charts(log_in, counted, coordinator):
    DayFigure.objects.exclude(measure=Measure.RECEIVED.value).delete()
    page, text = shown(log_in(coordinator))
    assert page.right is None
    for words in ("niets besloten", "geen vraag gesteld", "niets afgewezen", "geen tweede medisch adviseur"):
        assert words in text


def test_another_insurer_reads_its_own_figures_only(log_in, counted, other_insurer, other_adviseur):
    add(other_insurer, date(2026, 11, 3), Measure.RECEIVED, "", 3)
    page, _ = shown(log_in(other_adviseur))
    assert page.facts[0] == ("Ontvangen", "3")


@pytest.mark.parametrize("who", ["medewerker", "indiener", "organisatiebeheerder"])
@pytest.mark.parametrize("path", [DESK, FILE])
def test_they_are_for_coordinator_adviseur_and_beheerder(log_in, request, who, path):
    assert log_in(request.getfixturevalue(who)).get(path).status_code == 403


def test_the_file_holds_the_same_figures_and_no_formula(log_in, counted, coordinator):
    add(counted, date(2026, 11, 4), Measure.QUESTION, "=1+1", 1)
    text = said(log_in(coordinator).get(FILE, {"periode": "3-maanden"}))
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["maand", "beleid", "cijfer", "onderdeel", "aantal"]
    policy = "Zilveren Kruis: niet-gecontracteerde medisch-specialistische revalidatie"
    assert ["2026-11", "ander-beleid", "Ontvangen aanvragen", "", "7"] in rows
    assert ["2026-11", policy, "Afgeronde aanvragen, per uitkomst", "Toegekend", "20"] in rows
    assert ["2026-11", policy, "Aanvragen met een vraag, per criterium", "'=1+1", "1"] in rows


def test_the_page_asks_the_same_few_questions_however_much_was_counted(
    log_in, counted, coordinator, django_assert_num_queries
):
    browser = log_in(coordinator)
    browser.get(DESK)
    with django_assert_num_queries(QUERIES):
        browser.get(DESK)
    for day in range(1, 29):
        for key in ("1", "2", "3"):
            add(counted, date(2026, 10, day), Measure.PATIENT_TIME, key, 5)
    with django_assert_num_queries(QUERIES):
        browser.get(DESK)


QUERIES = 9
"""Who asks and whether he may, then: which days, which policies and criteria, and what was counted."""


def test_everybody_reads_the_quarters_of_an_insurer_without_small_numbers(client, insurer, other_insurer):
    body = {
        "received": 1204, "closed": "withheld", "outcomes": [["Toegekend", 80], ["Afgewezen", "small"]],
        "first_time_right": 71, "times": [["Verzekeraar", 6, "withheld"]], "questions": [["De zorg", 7]],
        "denied_for": [["De zorg", "small"]],
    }  # fmt: skip
    for one, number in ((insurer, 1204), (other_insurer, 77)):
        row = {"starts_on": date(2026, 7, 1), "made_at": NOW, "body": {**body, "received": number}}
        PublicFigures.objects.create(insurer=one, **row)
    page = client.get(PUBLIC).content.decode()
    assert "3e kwartaal van 2026" in page
    for words in ("1.204", "71%", "minder dan 5", "weggelaten"):
        assert words in page
    assert not re.search(r">77\s*<", page)
    assert re.search(r">77\s*<", client.get(PUBLIC, {"verzekeraar": other_insurer.pk}).content.decode())
    assert "1.204" in client.get(PUBLIC, {"verzekeraar": "geen"}).content.decode()


def test_before_the_first_quarter_there_is_nothing_to_read(client, counted):
    assert "Er zijn nog geen cijfers" in client.get(PUBLIC).content.decode()
