"""The table of conditions: each of the source is there once, and is asked of whom it concerns."""

import pytest

from contracting.domain.conditions import CONDITIONS, ProviderKind, asked_of

K = ProviderKind
ALWAYS = {*(f"A-{number}" for number in range(11, 25))} - {"A-15", "A-22"}


def test_every_condition_of_the_source_is_there_once():
    assert [one.source for one in CONDITIONS] == [f"A-{number}" for number in range(11, 25)]
    assert len({one.code for one in CONDITIONS}) == len(CONDITIONS)


@pytest.mark.parametrize(
    ("kind", "designated", "more"),
    [
        (K.ZBC, None, set()),
        (K.ZBC, False, set()),
        (K.ZBC, True, {"A-15"}),
        (K.CATEGORAL, True, {"A-15"}),
        (K.HOSPITAL, False, {"A-22"}),
        (K.HOSPITAL, True, {"A-15", "A-22"}),
    ],
)
def test_asked_of(kind, designated, more):
    assert {one.source for one in asked_of(kind, designated=designated)} == ALWAYS | more
