"""No cell of a CSV is a formula, and what was put in comes out again."""

import csv
from io import StringIO

import pytest

from kit.csv import Writer, harmless


@pytest.mark.asvs("1.2.10")
@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ('=HYPERLINK("http://elders.example")', '\'=HYPERLINK("http://elders.example")'),
        ("+31 6 12345678", "'+31 6 12345678"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("＝1+1", "'＝1+1"),
        ("-", "'-"),
        ("-12", "-12"),
        ("-12,50", "-12,50"),
        ("+4.5", "+4.5"),
        (-3, "-3"),
        (None, ""),
        ("", ""),
        ("025B130", "025B130"),
        ("a=b", "a=b"),
    ],
)
def test_a_cell_is_never_a_formula(cell, written):
    assert harmless(cell) == written


def test_signs_between_cells_and_lines_within_one_survive():
    cells = ['zegt "ja"; en "nee"', "twee\nregels", "é € 😀", "a;b"]
    out = StringIO()
    Writer(out).write(cells)
    assert next(csv.reader(StringIO(out.getvalue(), newline=""), delimiter=";")) == cells
