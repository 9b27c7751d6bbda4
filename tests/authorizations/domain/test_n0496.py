"""Norm N0496. Bron: R-28; the examples of checks.md are in data/vectors."""

import csv
from pathlib import Path

import pytest

from authorizations.domain import n0496
from authorizations.domain.checks import TOETSEN, Unjudgeable, judge

ROWS = csv.DictReader(Path("tests/data/vectors/n0496.csv").read_text(encoding="utf-8").splitlines(), delimiter=";")
FIRST = {column: text for column, text in next(ROWS).items() if column in TOETSEN["n0496"].takes}


def judged(**change):
    return tuple(judge(TOETSEN["n0496"], FIRST | change).values())


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        # Whatever holds after it, the first reason is told.
        ({"wbmv": "J", "subtraject_zt": "41"}, "stap_1"),
        ({"controlejaren": "2019", "subtraject_zt": "41"}, "stap_2"),
        ({"subtraject_zt": "51", "tarieftype": "13"}, "stap_3"),
        ({"addon_geneesmiddel": "J", "eenheid": "zp", "fysiotherapie": "J"}, "uitzondering_3"),
        ({"eenheid": "ZP", "fysiotherapie": "J"}, "uitzondering_2"),
        ({"fysiotherapie": "J"}, "uitzondering_1"),
        ({"fysiotherapie": "J", "klinische_opname": "J"}, "signaal"),
        ({"los_te_factureren": "N", "subtraject_sluitdatum": ""}, "stap_2"),  # open, and not billed apart
        ({"subtraject_sluitdatum": ""}, "signaal"),
        ({"subtraject_sluitdatum": "2022-01-03", "uitvoerdatum": "2021-12-31"}, "signaal"),
        # What isn't known but doesn't matter.
        (dict.fromkeys(FIRST, "") | {"verrichting": "N"}, "stap_1"),
        ({"klinische_opname": ""}, "signaal"),
    ],
)
def test_the_first_reason(change, reason):
    assert judged(**change)[1] == reason


@pytest.mark.parametrize("year", range(2012, 2024))
def test_the_article_is_of_the_year_in_which_it_counts(year):
    performed = judged(
        uitvoerdatum=f"{year}-06-01", subtraject_sluitdatum=f"{year + 1}-01-01", controlejaren=f"{year} {year + 1}"
    )
    closed = judged(
        los_te_factureren="N", uitvoerdatum=f"{year - 1}-12-01", subtraject_sluitdatum=f"{year}-01-01",
        controlejaren=f"{year} {year - 1}",
    )  # fmt: skip
    assert performed == closed == ("ja", "signaal", n0496.ARTICLES.get(year, "geen artikel bekend"))
    assert (year in n0496.ARTICLES) == (2013 <= year <= 2021)


def test_every_article_stands_in_the_norm_as_it_is_written_here():
    written = " ".join(n0496.ARTICLES.values())
    for article in ("NR/REG-2103a art. 32 lid 1 t/m 3", "NR/CU-257 art. 14.4 en 16.3", "BR/CU-266, artikel 3y"):
        assert article in written
    assert judged(wbmv="J")[2] == ""  # only with a signal


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"verrichting": ""}, "verrichting: leeg"),
        ({"wbmv": "?"}, "wbmv: '?' is geen ja of nee"),
        ({"controlejaren": ""}, "controlejaren: leeg"),
        ({"controlejaren": "21"}, "controlejaren: '21' is geen jaar"),
        ({"uitvoerdatum": ""}, "uitvoerdatum: leeg"),
        ({"uitvoerdatum": "31-4-2021"}, "uitvoerdatum: '31-4-2021' is geen datum"),
        ({"subtraject_zt": "1"}, "subtraject_zt: '1' is geen code van 2 cijfers"),
        ({"tarieftype": "13.0"}, "tarieftype: '13.0' is geen code van 2 cijfers"),
        ({"eenheid": ""}, "eenheid: leeg"),
        ({"fysiotherapie": "J", "klinische_opname": ""}, "klinische_opname: leeg"),
    ],
)
def test_a_fault_names_the_column(change, words):
    with pytest.raises(Unjudgeable) as fault:
        judged(**change)
    assert str(fault.value).startswith(words)
