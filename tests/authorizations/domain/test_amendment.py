"""What a changed request says otherwise, and which verdicts that touches."""

import pytest

from authorizations.domain import amendment
from authorizations.domain.amendment import Change
from tests.factories import applications

BEFORE = [("Patiënt", [("Straat", "Dorpsstraat 1"), ("Plaats", "Gouda")]), ("Plan", [("Doelen", "Lopen")])]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (BEFORE, []),
        ([BEFORE[0], ("Plan", [("Doelen", "Fietsen")])], [Change("Plan", "Doelen", "Lopen", "Fietsen")]),
        ([BEFORE[0]], [Change("Plan", "Doelen", "Lopen", "")]),  # no longer asked
        ([*BEFORE, ("Spoed", [("Spoed", "Ja")])], [Change("Spoed", "Spoed", "", "Ja")]),
        ([BEFORE[0], ("Plan", [("Doelen", "Lopen"), ("Opname", "")])], []),  # asked now, and not answered
    ],
)
def test_what_differs(after, expected):
    assert amendment.changes(BEFORE, after) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, set()),
        ({"insured": {"street": "Nieuwe straat 9"}}, set()),
        ({"history": {"coincidence": "Anders."}}, {"c2d"}),
        ({"plan": {"goals": "Andere doelen"}}, {"c2_meerwaarde", "s3_behandelplan"}),
    ],
)
def test_which_criteria_are_touched(parts, expected):
    codes = ["c1", "c2_meerwaarde", "c2a", "c2d", "c3_omvang", "s3_behandelplan"]
    before = applications.application()
    after = applications.changed(before, **parts)
    assert amendment.touched(codes, before, after) == expected
