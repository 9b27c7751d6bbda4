"""
The sources and the large files beside the repository (../shared). Who has only the repository is told what didn't run;
where a change is taken in (CI=1) their absence is a failure.
"""

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
GROUPER = "data/nza/20170101 Grouper Tabellen v20161117.zip"


def path(name: str) -> Path:
    """Return the path of a file under ../shared, or skip the test that asks for it; with CI set that test fails."""
    found = SHARED / name
    if not found.exists():
        told = f"../shared/{name} is er niet: deze test vergelijkt met dat bestand en is niet gedraaid"
        if os.environ.get("CI"):
            pytest.fail(told)
        pytest.skip(told)
    return found


def lines(name: str) -> list[str]:
    """Return the lines of a source, each with single spaces: a source has hard ones where a page was copied."""
    return [" ".join(line.split()) for line in path(name).read_text(encoding="utf-8").split("\n")]
