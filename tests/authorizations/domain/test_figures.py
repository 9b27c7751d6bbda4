"""What follows from counts: percentiles, percentages, and what of them everybody may read."""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from authorizations.domain import figures, figures_picture, figures_public, suppression
from authorizations.domain.figures import Measure
from authorizations.domain.heroverweging import OverturnReason
from authorizations.domain.lifecycle import Status
from authorizations.domain.suppression import Hidden

SMALL, WITHHELD = Hidden.SMALL, Hidden.WITHHELD


@pytest.mark.parametrize(
    ("counts", "median", "p90"),
    [
        ({}, None, None),
        ({"3": 1}, 3, 3),
        ({"3": 1, "10": 1}, 3, 10),
        ({"2": 1, "3": 1, "10": 1}, 3, 10),
        ({"9": 5, "10": 5}, 9, 10),  # by number, not by letter: 9 comes before 10
        ({"1": 9, "40": 1}, 1, 1),
        ({"1": 8, "40": 2}, 1, 40),
    ],
)
def test_median_and_p90(counts, median, p90):
    assert (figures.percentile(counts, 50), figures.percentile(counts, 90)) == (median, p90)


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, None), (0, 3, 0), (1, 8, 13), (1, 3, 33), (3, 3, 100)])
def test_percentage(part, whole, percent):
    assert figures.percentage(part, whole) == percent


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), date(2026, 4, 1)),
        (date(2026, 9, 30), date(2026, 7, 1), date(2026, 10, 1)),
        (date(2026, 12, 31), date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_quarter(day, first, following):
    assert figures.quarter(day) == (first, following)


@pytest.mark.parametrize(
    ("numbers", "shown", "total"),
    [
        ([1, 2, 1], [SMALL, SMALL, SMALL], SMALL),
        ([5, 9], [5, 9], 14),
        ([3, 40, 20], [SMALL, 40, WITHHELD], 63),  # the smallest of the others goes along
        ([0, 40, 20], [SMALL, 40, WITHHELD], 60),
        ([1, 40, 6], [SMALL, WITHHELD, WITHHELD], 47),  # 7 between them would say: 0, 1 or 2
        ([4, 4, 4], [SMALL, SMALL, SMALL], WITHHELD),  # 12 would say: 4 each
        ([1, 6], [SMALL, 6], WITHHELD),
    ],
)
def test_a_small_number_takes_another_along(numbers, shown, total):
    found, sum_ = suppression.table(dict(enumerate(numbers)))
    assert ([found[key] for key in range(len(numbers))], sum_) == (shown, total)


def test_who_subtracts_learns_nothing_of_a_small_number():
    """Of every table of up to three numbers: each small number could still be any from 0 to 4."""
    for numbers in product(range(10), repeat=3):
        shown, total = suppression.table(dict(enumerate(numbers)))
        could_be = {SMALL: range(5), WITHHELD: range(5, 24)}
        possible = {key: set() for key, cell in shown.items() if cell is SMALL}
        for guess in product(*(could_be.get(cell, [cell]) for cell in shown.values())):
            if total is WITHHELD or (total is SMALL and sum(guess) < 5) or sum(guess) == total:
                for key in possible:
                    possible[key].add(guess[key])
        assert all(values == set(range(5)) for values in possible.values()), numbers


@pytest.mark.parametrize(
    ("number", "whole", "shown"),
    [(4, 40, SMALL), (5, 40, 5), (36, 40, WITHHELD), (40, 40, WITHHELD), (12, WITHHELD, WITHHELD), (2, SMALL, SMALL)],
)
def test_a_part_of_a_whole(number, whole, shown):
    assert suppression.part(number, whole) == shown


@pytest.mark.parametrize(
    ("counts", "wanted", "shown"),
    [
        ({}, 50, WITHHELD),
        ({"3": 4}, 50, WITHHELD),
        ({"3": 5}, 50, 3),
        ({"1": 46, "9": 4}, 90, 1),
        ({"1": 44, "9": 6}, 90, 9),
        ({"1": 4, "9": 1}, 90, WITHHELD),  # that one waited longest
    ],
)
def test_a_percentile_stands_on_five_requests(counts, wanted, shown):
    assert suppression.percentile(counts, wanted) == shown


@pytest.mark.parametrize(("number", "top"), [(0, 2), (2, 2), (3, 4), (9, 10), (11, 20), (76, 100), (1001, 2000)])
def test_columns_end_at_a_round_number(number, top):
    assert figures_picture.round_top(number) == top


def test_columns_stand_on_the_ground_and_what_was_not_counted_has_none():
    months = [date(2026, month, 1) for month in (11, 12)]
    drawn = figures_picture.columns(months, [10, 0], [5, None], told="")
    assert [column.y + column.height for column in (*drawn.first, *drawn.second)] == [drawn.ground] * 2
    assert drawn.first[0].height == 2 * drawn.second[0].height
    assert [mark.text for mark in drawn.months] == ["nov 26", "dec"]


def test_a_bar_is_as_long_as_its_number_beside_the_greatest():
    assert [bar.width for bar in figures_picture.bars([200, 100, 1, 0, None])] == [100, 50, 1, 0, 0]


def test_what_everybody_reads_holds_no_small_number():
    numbers = {
        Measure.RECEIVED: {"": 130},
        Measure.OUTCOME: {Status.GRANTED: 80, Status.PARTLY_GRANTED: 20, Status.DENIED: 12, Status.WITHDRAWN: 2},
        Measure.FIRST_TIME_RIGHT: {figures.YES: 84, figures.NO: 28},
        Measure.PATIENT_TIME: {"6": 100, "30": 12},
        Measure.QUESTION: {"c1": 3, "c2": 30},
        Measure.DENIED_FOR: {"c1": 12, "c2": 6},
        Measure.RECONSIDERED: {figures.CONFIRMED: 14, "new_facts": 9, "criterion": 3},
    }
    assert figures_public.body(numbers, {"c1": "Eerste", "c2": "Tweede"}) == {
        "received": 130,
        "closed": 114,
        "outcomes": [
            ["Toegekend", 80],
            ["Gedeeltelijk toegekend", 20],
            ["Afgewezen", WITHHELD],
            ["Ingetrokken", SMALL],
        ],
        "first_time_right": 75,
        "times": [
            ["Verzekeraar", WITHHELD, WITHHELD],
            ["Zorgaanbieder", WITHHELD, WITHHELD],
            ["Hele wachttijd van de patiënt", 6, 30],
        ],
        "questions": [["Eerste", SMALL], ["Tweede", 30]],
        # The denials themselves are left out, so that those who withdrew can't be told: then no part of them stays.
        "denied_for": [["Eerste", WITHHELD], ["Tweede", WITHHELD]],
        "reconsidered": [["Beantwoord", 26], ["Herzien", 12], ["Bevestigd", 14]],
        # 9 of 12 leave a small number for the other reasons
        "revised_for": [[one.label, WITHHELD if one is OverturnReason.NEW_FACTS else SMALL] for one in OverturnReason],
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, None),
        ({("met", "met"): 20}, None),  # both always said the same one thing: chance would as well
        ({("met", "met"): 10, ("not_met", "not_met"): 10}, "1"),
        ({("met", "not_met"): 10, ("not_met", "met"): 10}, "-1"),
        ({("met", "met"): 5, ("met", "not_met"): 5, ("not_met", "met"): 5, ("not_met", "not_met"): 5}, "0"),
        # the example that textbooks give: 0.7 alike, 0.5 by chance
        ({("met", "met"): 20, ("met", "not_met"): 5, ("not_met", "met"): 10, ("not_met", "not_met"): 15}, "2/5"),
    ],
)
def test_kappa_is_agreement_beyond_chance(given, expected):
    assert figures.kappa(given) == (expected and Fraction(expected))


def test_pairs_of_verdicts_come_back_as_they_were_counted():
    counts = {figures.pair_key("c2a", "met", "not_met"): 3, figures.pair_key("c2a", "met", "met"): 1}
    assert figures.pairs(counts) == {"c2a": {("met", "not_met"): 3, ("met", "met"): 1}}
    assert figures.same(figures.pairs(counts)["c2a"]) == 1
