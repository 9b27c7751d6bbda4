"""The states of what comes in and goes out. The value is stored, the label is what people read."""

from enum import StrEnum
from typing import Self


class State(StrEnum):
    """A value with its Dutch label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        state = str.__new__(cls, value)
        state._value_ = value
        state.label = label
        return state

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs."""
        return [(state.value, state.label) for state in cls]


class FileState(State):
    """
    How far a file is in our judgement. Only `clean` may be attached or decided upon.

    `clean`: the content is what it says it is, it parses whole, it holds nothing that can act, and the virus scanner
    said that it is clean. `received`: it waits for the scanner; `scanning`: the worker is asking; `unknown`: it was
    asked and gave no answer that we know; `refused`: the scanner found something, and the bytes are gone.

    Bron: decisions.md, "States and words".
    """

    RECEIVED = "received", "Ontvangen"
    SCANNING = "scanning", "Wordt gecontroleerd"
    CLEAN = "clean", "Gecontroleerd"
    REFUSED = "refused", "Geweigerd"
    UNKNOWN = "unknown", "Nog niet gecontroleerd"


WAITING_FOR_SCANNER = (FileState.RECEIVED, FileState.SCANNING, FileState.UNKNOWN)


class MailState(State):
    """`uncertain`: we stopped between handing the mail over and hearing that it was taken; a person decides."""

    READY = "ready", "Klaar om te versturen"
    SENDING = "sending", "Wordt verstuurd"
    SENT = "sent", "Verstuurd"
    UNCERTAIN = "uncertain", "Onzeker of het verstuurd is"


class BatchState(State):
    """A print batch is made, and then handed to the post."""

    MADE = "made", "Gemaakt"
    SENT = "sent", "Verstuurd"


class PrintState(State):
    """The way of one letter by post. Bron: R-36."""

    WAITING = "waiting", "Wacht op een printopdracht"
    MADE = "made", "In een printopdracht"
    SENT = "sent", "Verstuurd"
    RETURNED = "returned", "Retour gekomen"


class WorkKind(State):
    """What the worker does after the commit."""

    SCAN = "scan", "Bestand op virussen controleren"
    PAGES = "pages", "Pagina's van een bestand maken"
    LETTER = "letter", "Brief maken"
    MAIL = "mail", "E-mail versturen"
