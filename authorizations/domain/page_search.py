"""
Find words in the text of pages, as somebody looks for them: accents, capitals and line ends make no difference.

Bron: features.md, "What none of them has", 4 (reading per criterion asks for the place, not for the document).
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

AROUND = 60
"""Signs shown on each side of what was found."""
SHORTEST, LONGEST = 2, 100


@dataclass(frozen=True)
class Part:
    """A piece of text, and whether it is what was looked for."""

    text: str
    found: bool


@dataclass(frozen=True)
class Hit:
    """A page on which it stands: how often, and the first time with the words around it."""

    number: int
    times: int
    parts: tuple[Part, ...]


def search(pages: Iterable[tuple[int, str]], term: str) -> list[Hit]:
    """Return the pages that hold the term, in the order in which they come."""
    found = []
    for number, text in pages:
        if places := find(text, term):
            found.append(Hit(number, len(places), _around(text, *places[0])))
    return found


def marked(text: str, term: str) -> list[Part]:
    """Return the whole text in parts, with the term told apart from the rest."""
    parts, done = [], 0
    for start, end in find(text, term):
        parts += [Part(text[done:start], False), Part(text[start:end], True)]
        done = end
    return [part for part in [*parts, Part(text[done:], False)] if part.text]


def find(text: str, term: str) -> list[tuple[int, int]]:
    """Return where the term stands in the text: begin and end, one after the other."""
    wanted = _folded(term)[0].strip()
    if len(wanted) < SHORTEST:
        return []
    flat, places = _folded(text)
    found, start = [], flat.find(wanted)
    while start >= 0:
        end = start + len(wanted)
        found.append((places[start], places[end - 1] + 1))
        start = flat.find(wanted, end)
    return found


def _folded(text: str) -> tuple[str, list[int]]:
    """Return the text without accents, capitals and doubled space, and for each sign of it where that stood."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace():
            plain = "" if signs and signs[-1] == " " else " "
        else:
            plain = "".join(one for one in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(one))
        for one in plain.casefold():
            signs.append(one)
            places.append(place)
    return "".join(signs), places


def _around(text: str, start: int, end: int) -> tuple[Part, ...]:
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    # Half a word says nothing.
    if start > AROUND:
        before = "… " + before.split(maxsplit=1)[-1]
    if end + AROUND < len(text):
        after = (after.rsplit(maxsplit=1)[0] if " " in after else after) + " …"
    return tuple(part for part in (Part(before, False), Part(text[start:end], True), Part(after, False)) if part.text)
