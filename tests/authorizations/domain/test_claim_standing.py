"""How a claim stands by its days, and its calendar."""

from dataclasses import replace
from datetime import date

import pytest

from authorizations.domain import claim_standing, claim_terms
from authorizations.domain.claim_standing import ClaimState, Days
from authorizations.domain.claim_terms import Regime

CLOSED = date(2026, 8, 31)
DAYS = Days(Regime.ZK_GGZ, "01", CLOSED, CLOSED, None, "")
TERM = claim_terms.term(Regime.ZK_GGZ, resubmission="01", damage_year=2026, started_on=CLOSED)
AGAIN = claim_terms.term(Regime.ZK_GGZ, resubmission="03", started_on=date(2027, 3, 31))


def stands(change=None, *, term=TERM, today=date(2026, 12, 1)):
    return claim_standing.stands(term, replace(DAYS, **(change or {})), today=today)


@pytest.mark.parametrize(
    ("change", "today", "state", "level", "words"),
    [
        ({}, date(2026, 12, 1), ClaimState.RUNS, "low", "Nog 89 dagen"),
        ({}, date(2027, 1, 29), ClaimState.RUNS, "mid", "Nog 30 dagen"),
        ({}, date(2027, 2, 14), ClaimState.RUNS, "high", "Nog 14 dagen"),
        ({}, date(2027, 2, 28), ClaimState.RUNS, "high", "Vandaag de laatste dag"),
        ({}, date(2027, 3, 1), ClaimState.OVER, "over", "1 dag te laat"),
        ({"lifted_by": "CO-1"}, date(2027, 3, 1), ClaimState.LIFTED, "paused", "Coulance gegeven"),
        ({"handed_in_on": date(2027, 2, 28)}, date(2027, 3, 1), ClaimState.HANDED_IN, "paused", "Ingediend"),
        ({"handed_in_on": date(2027, 3, 1)}, date(2027, 3, 1), ClaimState.HANDED_IN, "over", "Te laat ingediend"),
        (
            {"handed_in_on": date(2027, 3, 1), "lifted_by": "CO-1"},
            date(2027, 3, 1), ClaimState.HANDED_IN, "paused", "Ingediend",
        ),
    ],
)  # fmt: skip
def test_how_it_stands(change, today, state, level, words):
    found = stands(change, today=today)
    assert (found.state, found.level, found.badge) == (state, level, words)


def test_0586_is_explained_before_and_after():
    assert any("0586" in line for line in stands().lines)
    assert claim_standing.WHAT_0586 in stands(today=date(2027, 3, 1)).lines
    assert claim_standing.WHAT_0586 in stands({"handed_in_on": date(2027, 3, 1)}).lines
    told = stands({"handed_in_on": date(2027, 1, 1), "return_code": "0586"}).lines
    assert "Volgens onze telling was zij op tijd" in told[-1]
    lifted = stands({"handed_in_on": date(2027, 3, 1), "lifted_by": "CO-1"}).lines
    assert not any("0586" in line for line in lifted) and "CO-1" in lifted[-1]


def test_what_changed_the_last_day_is_told():
    found = stands({"resubmission": "03", "start": date(2027, 3, 31)}, term=AGAIN, today=date(2027, 4, 1))
    assert found.title == "Dien haar in uiterlijk op 31 mei 2027"
    assert "Voor de eerste declaratie was de laatste dag 28 februari 2027." in found.lines[1]


@pytest.mark.parametrize(
    ("term", "change", "state", "words"),
    [
        (None, {}, ClaimState.WAITS, "wanneer de zorg sloot"),
        (None, {"resubmission": "02"}, ClaimState.WAITS, "retourinformatie"),
        (claim_terms.ClaimTerm(), {}, ClaimState.FREE, "geldt de indientermijn niet"),
        (
            claim_terms.term(Regime.INSURED, started_on=CLOSED),
            {"regime": Regime.INSURED}, ClaimState.FREE, "De bron noemt geen termijn",
        ),
        (
            claim_terms.term(Regime.ASR_UNCONTRACTED, started_on=CLOSED),
            {"regime": Regime.ASR_UNCONTRACTED}, ClaimState.NOT_HERE, "restitutienota",
        ),
    ],
)  # fmt: skip
def test_without_a_last_day(term, change, state, words):
    found = stands(change, term=term)
    assert found.state is state and words in found.lines[0]
    assert claim_standing.draw(term, replace(DAYS, **change), today=CLOSED) is None


def test_the_calendar_has_its_days_in_order():
    picture = claim_standing.draw(TERM, DAYS, today=date(2027, 3, 20))
    assert picture and picture.today and picture.late
    assert picture.term.x < picture.last.x < picture.today.x < picture.width
    assert (picture.last.text, picture.late.x) == ("28 feb", picture.last.x)
    assert picture.told == "De termijn begint op 31 augustus 2026 en de laatste dag is 28 februari 2027."
    handed_in = claim_standing.draw(TERM, replace(DAYS, handed_in_on=date(2026, 10, 1)), today=date(2040, 1, 1))
    assert handed_in and handed_in.handed_in and handed_in.today is None and handed_in.late is None
    assert handed_in.handed_in.x < handed_in.last.x
