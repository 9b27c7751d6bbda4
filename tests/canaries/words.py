"""What is looked for: everything invented that names a patient or says what ails one."""

import re
from collections.abc import Iterator
from dataclasses import asdict
from functools import cache
from typing import Any

PHRASE = 24
"""Words of a patient's story that are this long occur nowhere else."""
NUMBERS = ("999996708", "111222333", "123456782", "010464554", "999995571", "999994839")
# Staff are called otherwise; "Bakker" alone could be a street, with its initials it is a patient.
SURNAMES = ("K. Bakker", "N. Smeets", "R. Aydin", "van der Meer", "Pietersen", "El Amrani", r"Voorbeeld\d+")


@cache
def phrases() -> frozenset[str]:
    """Return the sentences with which the suite fills requests, questions and decisions."""
    from django.utils import timezone

    from portal.world import walk
    from tests.factories import applications, desk

    told = [
        asdict(walk.application(today=timezone.localdate())),
        asdict(applications.application()),
        asdict(applications.follow_up()),
        asdict(desk.question()),
        walk.NOT_MET,
    ]
    return frozenset(text for text in _texts(told) if len(text) >= PHRASE and " " in text)


def _texts(found: Any) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        for value in found.values():
            yield from _texts(value)
    elif isinstance(found, (list, tuple, set, frozenset)):
        for value in found:
            yield from _texts(value)


@cache
def pattern(*, names: bool = True) -> re.Pattern[bytes]:
    """Return what finds any of them in bytes. Without names: for the database, where surnames stay readable."""
    numbers = [rf"(?<!\d){number}(?!\d)" for number in NUMBERS]
    surnames = [name if "\\" in name else re.escape(name) for name in SURNAMES] if names else []
    medical = [re.escape(text) for text in phrases()]
    escaped = [re.escape(text.encode("unicode_escape").decode()) for text in phrases() if not text.isascii()]
    return re.compile("|".join([*numbers, *surnames, *medical, *escaped]).encode())
