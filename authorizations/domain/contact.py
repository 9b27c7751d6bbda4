"""Where to ask what, per policy: telephone, e-mail or post, and the hours as the source writes them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time

from kit.terms import Term

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
EXAMPLE = "Maandag t/m vrijdag 8.30 - 17.00 uur"
"""How hours are written so that we can read them."""
_DAY = "|".join(DAYS)
_TIME = r"\d{1,2}(?:[.:]\d{2})?"
PART = re.compile(
    rf"(?P<first>{_DAY})(?: ?(?:t/m|tot en met|-|–) ?(?P<last>{_DAY}))?:? (?:van )?"
    rf"(?P<opens>{_TIME})(?: uur)? ?(?:-|–|tot) ?(?P<closes>{_TIME})(?: uur)?",
    re.IGNORECASE,
)


class ContactSubject(Term):
    """What a question is about, for the pages that name where to ask it. Bron: Z-36, Z-37, A-49."""

    REQUEST = "aanvraag", "Een aanvraag"
    CONTRACT = "overeenkomst", "Een overeenkomst"
    CLAIM = "declaratie", "Een declaratie"


@dataclass(frozen=True)
class Opening:
    """On which days of the week (0 is Monday) somebody answers, and from when until when."""

    days: range
    opens: time
    closes: time


@dataclass(frozen=True)
class Contact:
    """
    Where to ask what, as the source of this policy has it; never one telephone number for all of them.

    Bron: Z-36, Z-37, A-37, A-49, G-37; R-29.
    """

    topic: str
    source: str
    phone: str = ""
    hours: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    note: str = ""
    for_requests: bool = False
    about: ContactSubject | None = None

    def is_about(self, subject: ContactSubject) -> bool:
        """Tell whether a question about this is asked here."""
        return self.about is subject or (self.for_requests and subject is ContactSubject.REQUEST)

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        return re.sub(r"[^\d+]", "", self.phone)

    @property
    def openings(self) -> tuple[Opening, ...]:
        """When somebody answers; nothing when the hours don't say so in a way that we can read."""
        return openings(self.hours)

    @property
    def line(self) -> str:
        """All of it in one line: to tell what changed."""
        return ", ".join(filter(None, [self.phone, self.hours, self.email, *self.address, self.note]))


def for_subject(contacts: Iterable[Contact], subject: ContactSubject) -> Iterator[Contact]:
    """Yield where to ask about this, in the order of the policy."""
    return (contact for contact in contacts if contact.is_about(subject))


def in_letter(contacts: Iterable[Contact], *subjects: ContactSubject) -> Contact | None:
    """Return the one that a letter names: of the first of these subjects that has one."""
    known = tuple(contacts)
    return next((contact for subject in subjects for contact in for_subject(known, subject)), None)


def openings(hours: str) -> tuple[Opening, ...]:
    """
    Return what these hours say; nothing when we can't read all of it, for half of the hours would mislead.

    Several are put after each other with a comma: "maandag t/m donderdag 8.30 - 17.00 uur, vrijdag 8.30 - 12.00 uur".
    """
    found = []
    for part in re.split(r"[,;]", hours):
        read = PART.fullmatch(" ".join(part.split()))
        if read is None:
            return ()
        first, last = (DAYS.index(day.lower()) for day in (read["first"], read["last"] or read["first"]))
        opens, closes = _time(read["opens"]), _time(read["closes"])
        if last < first or opens is None or closes is None or closes <= opens:
            return ()
        found.append(Opening(range(first, last + 1), opens, closes))
    return tuple(found)


def _time(text: str) -> time | None:
    hour, _, minute = text.replace(":", ".").partition(".")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None
