"""An activity as a program sends it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import activity_items
from authorizations.domain.terms import Discipline
from authorizations.domain.traject_import import COLUMNS, HIDDEN, FaultCode, Line

TODAY = date(2026, 11, 30)
GOOD = {
    "zorgtrajectnummer": "ZT1",
    "zorgactiviteit": "190961",
    "uitgevoerd_op": "2026-11-03",
    "discipline": "fysiotherapie",
}
LINE = Line("ZT1", "190961", date(2026, 11, 3), Discipline.FYSIOTHERAPIE)
BSN = "999996708"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"aantal": None, "zorgprofielklasse": ""},
        {"aantal": 1, "zorgprofielklasse": 14},
        {"aantal": "1", "zorgprofielklasse": "14"},
        {"discipline": "Fysiotherapie", "uitgevoerd_op": "3-11-2026", "zorgtrajectnummer": " zt-1 "},
    ],
)
def test_a_good_item(more):
    read = activity_items.read(GOOD | more, today=TODAY)
    assert (read.line, read.faults) == (LINE, ())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"zorgtrajectnummer": None}, (FaultCode.NUMBER, "zorgtrajectnummer")),
        ({"zorgactiviteit": 190961}, (FaultCode.SHAPE, "zorgactiviteit")),
        ({"zorgactiviteit": "19096"}, (FaultCode.MANGLED, "zorgactiviteit")),
        ({"uitgevoerd_op": "2026-12-01"}, (FaultCode.FUTURE, "uitgevoerd_op")),
        ({"uitgevoerd_op": "2026-02-30"}, (FaultCode.DATE, "uitgevoerd_op")),
        ({"discipline": "tovenaar"}, (FaultCode.DISCIPLINE, "discipline")),
        ({"discipline": ["fysiotherapie"]}, (FaultCode.SHAPE, "discipline")),
        ({"aantal": True}, (FaultCode.SHAPE, "aantal")),
        ({"aantal": 1.5}, (FaultCode.SHAPE, "aantal")),
        ({"aantal": 0}, (FaultCode.AMOUNT, "aantal")),
        ({"aantal": -1}, (FaultCode.AMOUNT, "aantal")),
        ({"aantal": 10**12}, (FaultCode.AMOUNT, "aantal")),
        ({"aantal": {}}, (FaultCode.SHAPE, "aantal")),
        ({"anatal": 3}, (FaultCode.SHAPE, "anatal")),
    ],
)
def test_a_wrong_item_says_where(more, expected):
    read = activity_items.read(GOOD | more, today=TODAY)
    assert read.line is None
    assert [(fault.code, fault.column) for fault in read.faults] == [expected]
    assert all(fault.message.endswith(".") for fault in read.faults)


def test_everything_that_is_wrong_is_said_at_once():
    read = activity_items.read({"zorgactiviteit": 1, "bestaat_niet": 2}, today=TODAY)
    assert [fault.column for fault in read.faults] == [
        "zorgactiviteit", "bestaat_niet", "zorgtrajectnummer", "uitgevoerd_op", "discipline",
    ]  # fmt: skip


@pytest.mark.parametrize("column", [*COLUMNS, "patient"])
def test_a_burgerservicenummer_is_never_repeated(column):
    read = activity_items.read(GOOD | {column: f"{BSN}"}, today=TODAY)
    assert BSN not in str(read.faults)
    as_name = activity_items.read(GOOD | {BSN: "x"}, today=TODAY)
    assert [fault.column for fault in as_name.faults] == [HIDDEN]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(COLUMNS) | st.text(max_size=6), json_values, max_size=8))
def test_whatever_is_sent_is_read_or_faulted_and_can_be_written(item):
    read = activity_items.read(item, today=TODAY)
    assert (read.line is None) == bool(read.faults)
    for fault in read.faults:
        f"{fault.column}{fault.value}{fault.message}".encode()
