"""What may stand in a text that someone typed or pasted."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

# Marks that change the direction or are simply invisible. Nobody typed them on purpose and nobody can find them
# to delete them, so they go without a word; a text must read the same on screen and in a letter.
INVISIBLE = re.compile("[\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\u061c]")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
PICTURES = {"So", "Sk", "Co", "Cn"}
NEWLINE = re.compile("\r\n?|\x85")
MOST = 2**31 - 1
"""What an integer column holds. Numbers of rows are larger in type, and never come near it."""
OWN_READING = re.compile(r"R-\d+")


def tidy(text: str) -> str:
    """Return the text with one kind of line end, composed letters and without invisible direction marks."""
    return unicodedata.normalize("NFC", INVISIBLE.sub("", NEWLINE.sub("\n", text)))


def turns(text: str) -> bool:
    """Tell whether a text has a sign that overrides the reading direction, so that it reads other than it is kept."""
    return TURNING.search(text) is not None


def may_be_name(text: str) -> bool:
    """Tell whether a text can be the name of a person: it has a letter, and no emoji or angle brackets."""
    has_letter = any(unicodedata.category(sign).startswith("L") for sign in text)
    return has_letter and not any(sign in "<>" or unicodedata.category(sign) in PICTURES for sign in text)


def unreadable(text: str) -> str | None:
    """Return the words before the first character that can't be kept (NUL, control characters), None if all is well."""
    found = UNREADABLE.search(text)
    if found is None:
        return None
    return " ".join(text[: found.start()].split()[-3:])


def number(text: str) -> int | None:
    """Return a whole number from an address or a form, or None: also for one that no column of the database holds."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < len(str(MOST)) else None


def storable(text: str) -> str:
    """Return what the database can keep of a text: the same, without characters that PostgreSQL or JSON refuse."""
    return UNREADABLE.sub("", NEWLINE.sub("\n", text))


def typed(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """
    Return posted data as it was typed, fit to keep in a draft (a JSON column) and to give to a form again.

    Leaves out the token of the form. Give it back to a form with `as_posted`.
    """
    values: Iterable[tuple[str, Any]]
    values = data.lists() if hasattr(data, "lists") else ((key, [value]) for key, value in data.items())
    return {
        storable(key): [storable(str(value)) for value in several]
        for key, several in values
        if key != "csrfmiddlewaretoken"
    }


def cited(place: str, source: str) -> str:
    """
    Return where something stands as people read it: with the title of the source instead of our number of it.

    `source` is "S0: title"; our own readings (R-38) mean nothing to people and are left out.
    """
    key, _, title = source.partition(": ")
    parts = [part for part in place.split("; ") if not OWN_READING.fullmatch(part)]
    return "; ".join(parts).replace(f"{key}: ", f"{title}: ").replace(key, title) or "keuze van dit portaal"
