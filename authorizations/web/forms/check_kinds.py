"""How a check is asked for on a page: kinds of fields, a question per column, and what goes with the whole."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django import forms

from kit import dates, fields, widgets

YES_NO = (("ja", "Ja"), ("nee", "Nee"))
PIECE = re.compile(r"(?P<day>[^#@]+)(?P<sign>#[^#@]*)?(?:@(?P<registered>[^#@]+))?")


def written_days(typed: str) -> str:
    """Return days as a check reads them: a line is a day as people write it, or several with spaces between."""
    found = []
    for line in re.split(r"[\n,;]", typed):
        piece = PIECE.fullmatch(line.strip())
        days = [dates.read(part) for part in (piece["day"], piece["registered"]) if part] if piece else []
        if piece and days and all(days):
            day, *registered = [str(day) for day in days]
            found.append("@".join([f"{day}{(piece['sign'] or '').strip()}", *registered]))
        else:
            found += line.split()
    return " ".join(found)


@dataclass(frozen=True)
class Kind:
    """A kind of field, and how what was filled in is written in a column."""

    make: Callable[..., forms.Field]
    write: Callable[[Any], str] = str


DAY = Kind(fields.DateField, lambda day: str(day))
DAYS = Kind(partial(fields.LinesField, max_length=4000, rows=5), written_days)
WORDS = Kind(partial(fields.LinesField, max_length=4000, rows=3), lambda typed: " ".join(typed.split()))
LINE = Kind(partial(fields.LineField, max_length=200))
SHORT = Kind(partial(fields.LineField, max_length=40, widget=widgets.short(11)))
ONE_WORD = Kind(SHORT.make, lambda typed: "".join(typed.split()))


def choice(*options: tuple[str, str]) -> Kind:
    """Return a question with these answers."""
    return Kind(partial(forms.ChoiceField, widget=forms.RadioSelect, choices=options))


# As the files of hospitals write it.
J_N = choice(("J", "Ja"), ("N", "Nee"))


@dataclass(frozen=True)
class Asked:
    """How a column is asked for. What is not required may be unknown; the rule says when it needs it all the same."""

    label: str
    kind: Kind = LINE
    help: str = ""
    required: bool = True


@dataclass(frozen=True)
class Questions:
    """One rule of a check that has more: what it is called, how a file has it, and its questions by name."""

    title: str
    written: str
    asked: Mapping[str, Asked]


@dataclass(frozen=True)
class Page:
    """
    What a check tells, in one line; its questions by column; and whether the policy makes a difference.

    A check with several rules has its questions by rule instead: first the rule is chosen, then that one is asked.
    """

    told: str
    asked: Mapping[str, Asked]
    by_policy: bool = False
    by_rule: Mapping[str, Questions] = field(default_factory=dict)
    # Many questions stand in groups: the heading of each with its columns, and perhaps what is told beneath it.
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
