"""The states of what comes in and goes out. The value is stored, the label is what people read."""

from kit.terms import Term


class FileState(Term):
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


class MailState(Term):
    """`uncertain`: we stopped between handing the mail over and hearing that it was taken; a person decides."""

    READY = "ready", "Klaar om te versturen"
    SENDING = "sending", "Wordt verstuurd"
    SENT = "sent", "Verstuurd"
    UNCERTAIN = "uncertain", "Onzeker of het verstuurd is"


class BatchState(Term):
    """A print batch is made, and then handed to the post."""

    MADE = "made", "Gemaakt"
    SENT = "sent", "Verstuurd"


class PrintState(Term):
    """The way of one letter by post. Bron: R-36."""

    WAITING = "waiting", "Wacht op een printopdracht"
    MADE = "made", "In een printopdracht"
    SENT = "sent", "Verstuurd"
    RETURNED = "returned", "Retour gekomen"


class WorkKind(Term):
    """What the worker does after the commit."""

    SCAN = "scan", "Bestand op virussen controleren"
    PAGES = "pages", "Pagina's van een bestand maken"
    READ = "read", "Tekst van een scan lezen"
    LETTER = "letter", "Brief maken"
    MAIL = "mail", "E-mail versturen"
