import io
import os
from datetime import timedelta

import pytest

from papers.delivery import store
from papers.services import files, tidying
from tests.papers import makers

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def aged(path, moment):
    os.utime(store.full(path), (moment.timestamp(), moment.timestamp()))


def test_what_nobody_owns_is_gone_after_a_day(now, on_disk):
    owned = files.receive(stream=io.BytesIO(makers.pdf()), name="a.pdf", size=None, by_user_id=None, now=now)
    kept = store.place("files", owned.pk)
    store.write("files/ab/abababab-0000-4000-8000-000000000000", b"x")
    store.write("incoming/afgebroken", b"x")
    store.write("incoming/bezig", b"x")
    store.write("letters/ab/brief.pdf", b"x")
    for path in on_disk():
        aged(path, now - 2 * DAY)
    aged("incoming/bezig", now - DAY + timedelta(minutes=1))
    assert tidying.remove_abandoned(now=now) == 2
    assert on_disk() == sorted([kept, "incoming/bezig", "letters/ab/brief.pdf"])


def test_an_empty_store_is_fine(now):
    assert tidying.remove_abandoned(now=now) == 0
