"""The figures in a real browser, wide and narrow: axe finds nothing and nothing sticks out."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings

from authorizations.domain import figures_public
from authorizations.domain.figures import Measure
from authorizations.models import DayFigure, FiguresDay, PublicFigures
from authorizations.queries import figures as queries
from tests import browser
from tests.factories import authorizations as make

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 30, 1, tzinfo=UTC)


@pytest.fixture
def counted(insurer):
    """Two years of figures that go up and down."""
    make.policy_version(insurer)
    rows = []
    for number in range(24):
        day = date(2025 + number // 12, number % 12 + 1, 15)
        many = 40 + number * 7 % 31
        codes = ["c2a", "c2b", "c3_omvang", "c1"]
        numbers = {
            Measure.RECEIVED: {"": many + 6},
            Measure.OUTCOME: {
                "granted": many * 2 // 3, "partly_granted": many // 8, "denied": many // 9, "withdrawn": 3,
            },
            Measure.FIRST_TIME_RIGHT: {"ja": many * 2 // 3, "nee": many // 4},
            Measure.QUESTION: {code: many // (place + 3) for place, code in enumerate(codes)},
            Measure.DENIED_FOR: {code: 1 + place for place, code in enumerate(codes)},
            Measure.SECOND_REVIEW: {"bevestigd": 5, "teruggegeven": 1},
            Measure.INSURER_TIME: {str(days): many // days for days in (2, 4, 6, 9)},
            Measure.PROVIDER_TIME: {str(days): many // (days + 1) for days in (0, 3, 14)},
            Measure.PATIENT_TIME: {str(days): many // days for days in (3, 7, 12, 22)},
        }  # fmt: skip
        rows += [
            DayFigure(
                insurer=insurer, policy="zilveren-kruis-msr", on_day=day, measure=measure.value, key=key, number=count
            )
            for measure, counts in numbers.items()
            for key, count in counts.items()
            if count
        ]
    DayFigure.objects.bulk_create(rows)
    for day in (date(2025, 1, 15), date(2026, 11, 29)):
        FiguresDay.objects.create(on_day=day, counted_at=NOW)
    return insurer


def test_the_desk_and_everybody_look_at_them(chromium, live_server, log_in, coordinator, counted):
    quarter = queries.of_quarter(date(2026, 7, 1), date(2026, 10, 1))[counted.pk]
    body = figures_public.body(quarter, queries.criteria_of(counted.pk))
    PublicFigures.objects.create(insurer=counted, starts_on=date(2026, 7, 1), body=body, made_at=NOW)
    context = chromium.new_context()
    cookie = log_in(coordinator).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/beoordelen/cijfers/")
    browser.look(page, "cijfers")
    for details in page.locator(".mp-charts details").all():
        details.locator("summary").click()
    page.get_by_role("combobox", name="Periode").select_option("2025")
    page.get_by_role("button", name="Toon").click()
    assert page.get_by_text("Van 1 januari 2025 tot en met 31 december 2025").is_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Haal op als bestand").click()
    assert download.value.suggested_filename == "cijfers.csv"
    page.goto(f"{live_server.url}/beoordelen/cijfers/?beleid=geen&periode=2024")
    browser.look(page, "cijfers-gewoon")
    page.goto(f"{live_server.url}/cijfers/")
    browser.look(page, "cijfers-openbaar")
    context.close()
