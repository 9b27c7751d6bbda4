"""What somebody saw, as a text that comes back, and what differs from it."""

import pytest

from authorizations.domain import sight


def test_what_is_written_is_read_again():
    parts = {"version": "7", "document-12": sight.state(["verwijsbrief"], None), "criterion-c2a": "2"}
    assert sight.read(sight.write(parts)) == parts


@pytest.mark.parametrize("text", ["", "x", "version", "version=1 x", "a=b " * 6000])
def test_a_text_that_is_not_ours_says_nothing(text):
    assert sight.read(text) == {}


@pytest.mark.parametrize(
    ("seen", "now", "expected"),
    [
        ({"a": "1"}, {"a": "1"}, []),
        ({"a": "1"}, {"a": "2"}, ["a"]),
        ({"a": "1"}, {"a": "1", "b": "1"}, ["b"]),
        ({"a": "1", "b": "1"}, {"a": "1"}, ["b"]),
        ({}, {"a": "1"}, ["a"]),
    ],
)
def test_what_is_new_other_or_gone_has_changed(seen, now, expected):
    assert sight.changed(seen, now) == expected


def test_a_mark_differs_when_a_value_does():
    assert sight.state("a", None) != sight.state("a", "")
