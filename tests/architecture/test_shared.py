"""What is missing beside the repository is told, and fails where a change is taken in."""

import pytest

from tests import shared


@pytest.fixture
def nothing_there(tmp_path, monkeypatch):
    monkeypatch.setattr(shared, "SHARED", tmp_path)
    return tmp_path


def test_without_the_file_a_test_says_that_it_did_not_run(nothing_there, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="sources/x.txt is er niet: deze test vergelijkt"):
        shared.path("sources/x.txt")


def test_where_a_change_is_taken_in_it_fails(nothing_there, monkeypatch):
    monkeypatch.setenv("CI", "1")
    with pytest.raises(pytest.fail.Exception, match="niet gedraaid"):
        shared.lines("x.txt")


def test_a_line_has_single_spaces(nothing_there, monkeypatch):
    monkeypatch.setenv("CI", "1")
    (nothing_there / "x.txt").write_text("a b\u00a0 c\n\nd", encoding="utf-8")
    assert shared.lines("x.txt") == ["a b c", "", "d"]
