import csv
from decimal import Decimal
from pathlib import Path

import pytest

from authorizations.domain import weighting
from authorizations.domain.terms import Discipline
from ggz_codes.domain import shipped

VECTORS = Path("tests/data/vectors/weging.csv")
D = Discipline


def vectors():
    with VECTORS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))


@pytest.mark.parametrize("row", vectors(), ids=lambda row: row["id"])
def test_the_examples(row):
    units = [(code, int(number)) for code, number in (one.split("x") for one in row["activiteiten"].split())]
    weighed = weighting.weigh(units)
    assert weighed.minutes == int(row["gewogen_minuten"])
    assert f"{weighed.hours}".replace(".", ",") == row["gewogen_uren"]
    assert weighed.exempt_code == row["vrijgestelde_code"]


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        (0, ""),
        (1, "14E489"),
        (240, "14E489"),
        (Decimal("240.2"), "14E490"),
        (241, "14E490"),
        (540, "14E490"),
        (541, ""),
    ],
)
def test_the_caps(minutes, code):
    assert weighting.Weighted(Decimal(minutes)).exempt_code == code


def test_an_unknown_activity_is_never_taken_for_one():
    with pytest.raises(weighting.UnknownActivity, match="190999"):
        weighting.weigh([("190961", 4), ("190999", 4)])


@pytest.mark.parametrize(
    ("minutes", "total", "words"),
    [
        ({D.FYSIOTHERAPIE: 240}, 240, "Ongeveer 4 gewogen uren (gewichten 2017)."),
        ({D.REVALIDATIEARTS: 20}, 60, "Ongeveer 1 gewogen uren (gewichten 2017)."),
        ({D.PSYCHOLOGIE: 170, D.VERPLEGING: 60}, 286, "Ongeveer 4,77 gewogen uren (gewichten 2017)."),
        ({D.FYSIOTHERAPIE: 60, D.OVERIG: 0}, 60, "Ongeveer 1 gewogen uren (gewichten 2017)."),
        ({}, 0, "Ongeveer 0 gewogen uren (gewichten 2017)."),
    ],
)
def test_an_estimate_from_the_hours_per_discipline(minutes, total, words):
    estimate = weighting.estimate(minutes)
    assert estimate.total == weighting.Weighted(Decimal(total))
    assert estimate.words == words


def test_an_unknown_weight_gives_no_total_at_all():
    estimate = weighting.estimate({D.FYSIOTHERAPIE: 600, D.OVERIG: 60})
    assert estimate.total is None
    assert estimate.words == "Ongewogen uren, weging onbekend voor: overige discipline."


def test_every_discipline_but_the_last_has_a_weight_from_the_table():
    assert set(D) - set(weighting.ACTIVITY_OF) == {D.OVERIG}
    assert set(weighting.ACTIVITY_OF.values()) <= set(weighting.WEIGHTS_2017)


def test_the_caps_are_those_of_the_catalogue():
    rows = [row for row in shipped.rows("msr_prestaties.csv") if row["max_weighted_hours"]]
    assert {row["code"]: int(row["minutes_until"]) for row in rows} == {code: cap for cap, code in weighting.CAPS}
    assert all(int(row["max_weighted_hours"]) * 60 == int(row["minutes_until"]) for row in rows)
