"""One file of each hostile class and two by each producer; `python -m security.uploads` takes all of them."""

from pathlib import Path

import pytest

from security import ordinary, uploads
from security.hostile_files import CATALOGUE
from security.uploads import Outcome

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.asvs("5.2.2", "5.2.3", "5.2.6")
@pytest.mark.parametrize("kind", CATALOGUE.makers)
def test_a_hostile_file_is_refused(kind, tmp_path):
    outcome = uploads.take_in([CATALOGUE.sample(kind, 0, 2)])[kind]
    assert (outcome.accepted, outcome.crashed) == (0, [])
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_there_are_enough_classes():
    assert len(CATALOGUE.makers) >= 40


@pytest.mark.parametrize("make", [*ordinary.NUMBERS], ids=lambda make: make.__name__)
def test_an_ordinary_file_is_kept(make):
    outcome = uploads.take_in(ordinary.made_by(make, 2, seed=2))[make.__name__]
    assert (outcome.accepted, outcome.reasons, outcome.crashed) == (2, [], [])


def test_what_chromium_prints_is_kept(chromium):
    printed = ordinary.printed_by(chromium, 2, 2)
    assert uploads.take_in(printed)["chromium"].accepted == 2


@pytest.mark.parametrize(
    ("hostile", "clean", "is_good"),
    [
        (Outcome(570), Outcome(300, 297), True),
        (Outcome(570, accepted=1), Outcome(300, 300), False),
        (Outcome(570, crashed=["a.pdf"]), Outcome(300, 300), False),
        (Outcome(570), Outcome(300, 300, crashed=["b.pdf"]), False),
        (Outcome(570, slowest=5.2), Outcome(300, 300), False),
        (Outcome(570), Outcome(300, 296), False),
    ],
)
def test_what_became_of_the_files_is_judged(hostile, clean, is_good):
    assert uploads.judge(hostile, clean, classes=95) is is_good
