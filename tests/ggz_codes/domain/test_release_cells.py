"""Every row of import.csv, and what stands on the edges of it."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from ggz_codes.domain import release_age
from ggz_codes.domain import release_cells as cells
from ggz_codes.domain.release_cells import BadCell
from ggz_codes.domain.release_terms import RowKind
from ggz_codes.domain.validity import Period

ELSEWHERE = {"IM22", "IM23", "IM24"}
"""tests/ggz_codes/services/test_releases.py (IM22, IM23) and tests/ggz_codes/delivery/test_tables.py (IM24)."""
BAD_CODE, BAD_DAY, BAD_AMOUNT = "fout: code", "fout: datum", "fout: bedrag"


def vectors():
    with Path("tests/data/vectors/import.csv").open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines, delimiter=";") if row["id"] not in ELSEWHERE]


def day(read):
    return read.isoformat() if read else ""


def fault(words, read):
    try:
        return read()
    except BadCell:
        return words


def stretches(raw):
    for stretch in raw.split(" + "):
        begin, end = stretch.split("..")
        yield cells.period(cells.day(begin.replace("(leeg)", "")), cells.day(end))


def validity(raw):
    try:
        return "fout: overlap" if cells.overlap(list(stretches(raw))) else "toegestaan"
    except BadCell:
        return "fout: einde voor begin"


def release(_raw):
    older, newer = date(2013, 11, 14), date(2014, 5, 1)
    assert not release_age.refusal(version_on=older, in_use=newer, forced=True)
    assert not release_age.refusal(version_on=newer, in_use=newer, forced=False)
    assert not release_age.refusal(version_on=older, in_use=None, forced=False)
    refused = release_age.refusal(version_on=older, in_use=newer, forced=False)
    return "weigeren tenzij geforceerd" if "14-11-2013" in refused and "01-05-2014" in refused else refused


READERS = {
    "code": lambda raw: fault(BAD_CODE, lambda: cells.code(raw, RowKind.DECLARATIECODE).value),
    "zorgactiviteit": lambda raw: cells.code(raw, RowKind.ZORGACTIVITEIT).value,
    "zorgtype": lambda raw: cells.code(raw, RowKind.ZORGTYPE, "GGZ").value,
    "datum": lambda raw: fault(BAD_DAY, lambda: day(cells.day(raw))),
    "einddatum_nza": lambda raw: f"geldig_tot={day(cells.last_day(raw))}",
    "beeindigd_per": lambda raw: f"geldig_tot={day(cells.before(raw))}",
    "bedrag_msz_csv": lambda raw: str(Decimal(cells.cents(raw)) / 100),
    "bedrag_ei": lambda raw: str(Decimal(cells.cents(raw)) / 100),
    "bedrag_nl": lambda raw: fault(BAD_AMOUNT, lambda: str(cells.euros(raw))),
    "geldigheid": validity,
    "release": release,
}


@pytest.mark.parametrize("row", vectors(), ids=lambda row: row["id"])
def test_import_csv(row):
    assert READERS[row["veld"]](row["ruwe_waarde"]) == row["uitkomst"]


def test_every_row_is_somewhere():
    with Path("tests/data/vectors/import.csv").open(encoding="utf-8", newline="") as lines:
        ids = {row["id"] for row in csv.DictReader(lines, delimiter=";")}
    assert ids == {row["id"] for row in vectors()} | ELSEWHERE


@pytest.mark.parametrize("raw", ["14E489", "\u00a025b095\u00a0", "\ufeff14E490", "108B16", "190960"])
def test_codes_that_are_fine(raw):
    assert cells.code(raw, RowKind.DECLARATIECODE) == cells.Code(raw.strip("\u00a0\ufeff").upper())


@pytest.mark.parametrize(
    ("raw", "kind", "domain", "told"),
    [
        ("1.5E+131", RowKind.DECLARATIECODE, "", "spreadsheet"),
        ("1,5E+131", RowKind.DECLARATIECODE, "", "spreadsheet"),
        ("inf", RowKind.DECLARATIECODE, "", "spreadsheet"),
        ("14.5", RowKind.DECLARATIECODE, "", "spreadsheet"),
        ("25BO95", RowKind.DECLARATIECODE, "", "letter O"),
        ("19O960", RowKind.ZORGACTIVITEIT, "", "letter O"),
        ("25B09", RowKind.DECLARATIECODE, "", "6 tekens"),
        ("", RowKind.DECLARATIECODE, "", "moet een code staan"),
        ("\u00a0", RowKind.ZORGPRODUCT, "", "moet een code staan"),
        ("1909600", RowKind.ZORGACTIVITEIT, "", "6 cijfers"),
        ("٣٠٣", RowKind.ZORGTYPE, "GGZ", "3 cijfers"),
        ("303", RowKind.ZORGTYPE, "0327", "2 cijfers"),
        ("DROP TABLE", RowKind.CODELIJST, "", "cijfers en letters"),
    ],
)
def test_codes_that_are_refused(raw, kind, domain, told):
    with pytest.raises(BadCell, match=told):
        cells.code(raw, kind, domain)


@pytest.mark.parametrize(
    ("raw", "kind", "domain", "code"),
    [
        ("10905", RowKind.ZORGACTIVITEIT, "", "010905"),
        ("327", RowKind.SPECIALISME, "", "0327"),
        ("111", RowKind.DIAGNOSE, "0327", "0111"),
        ("99", RowKind.ZORGPRODUCT, "", "000000099"),
    ],
)
def test_lost_zeros_come_back_with_a_warning(raw, kind, domain, code):
    read = cells.code(raw, kind, domain)
    assert read.value == code
    assert raw in read.warning and code in read.warning


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2020-02-29", date(2020, 2, 29)),
        ("20200229", date(2020, 2, 29)),
        ("29-02-2020", date(2020, 2, 29)),
        ("2020-02-29T00:00:00", date(2020, 2, 29)),
        (" 2020-02-29\u00a0", date(2020, 2, 29)),
        ("9999-12-31", None),
        ("31-12-9999", None),
        ("", None),
    ],
)
def test_days(raw, expected):
    assert cells.day(raw) == expected


@pytest.mark.parametrize("raw", ["01/02/2020", "2021-02-29", "1-2-2020", "43831", "20201301", "0001-01-01", "gisteren"])
def test_days_that_are_refused(raw):
    with pytest.raises(BadCell):
        cells.day(raw)


@pytest.mark.parametrize(
    ("raw", "expected"), [("1.373,34", "1373.34"), ("€\u00a01373,34", "1373.34"), ("0,05", "0.05")]
)
def test_amounts(raw, expected):
    assert cells.euros(raw) == Decimal(expected)


@pytest.mark.parametrize("raw", ["1373.34", "1,373.34", "-5,00", "5,000", "13.73,34", "NaN"])
def test_amounts_that_are_refused(raw):
    with pytest.raises(BadCell):
        cells.euros(raw)


@pytest.mark.parametrize("raw", ["137,34", "1e5", "-5", "€ 5"])
def test_cents_that_are_refused(raw):
    with pytest.raises(BadCell):
        cells.cents(raw)


@pytest.mark.parametrize("raw", ["Psychi\ufffdtrie", "ReÃ¯ntegratie", "Psycholoogâ€™s", "a\x00b"])
def test_words_of_another_alphabet_are_refused(raw):
    with pytest.raises(BadCell):
        cells.wording(raw)


def test_words_are_on_one_line():
    assert cells.wording(" Reïntegratie \u00a0en\n zorg ") == "Reïntegratie en zorg"


def test_periods_that_touch_do_not_overlap():
    first, second = Period(None, date(2014, 12, 31)), Period(date(2015, 1, 1))
    assert cells.overlap([second, first]) is None
    assert cells.overlap([Period(None, None), second]) == second
