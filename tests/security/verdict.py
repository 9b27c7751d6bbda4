"""What can come of a request, and what a row of the access table says of it: the rows stand in `verdicts`."""

from dataclasses import dataclass
from enum import Enum

from accounts.domain.roles import Role

LOOK = frozenset({"GET", "HEAD"})
SEND = frozenset({"POST"})
BOTH = LOOK | SEND
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class Shown(Enum):
    """What somebody showed in this session; the value is how it shows."""

    BOTH = "beide stappen"
    LONG_AGO = "beide stappen, langer dan 5 minuten geleden"
    NO_STEP_YET = "een wachtwoord, en er is nog geen tweede stap"
    STEP_OWED = "een wachtwoord, en niet de tweede stap die er is"


class Verdict(Enum):
    """What comes of a request; the value is how it shows."""

    OPEN = "de pagina of de handeling"
    LOG_IN = "naar het inloggen"
    SECOND_STEP = "naar de tweede stap"
    CONFIRM = "eerst bevestigen"
    OTHER_ROLE = "403"
    ABSENT = "404"
    NOT_SO = "405"
    KEY = "401, met Bearer"
    LED = "naar de pagina van de knop"


@dataclass(frozen=True)
class Row:
    """What holds at one address. `let_in` None: everybody, also who hasn't logged in; `finds` None: who is let in."""

    asked: frozenset[str]
    let_in: frozenset[Role] | None
    finds: frozenset[Role] | None = None
    absent: frozenset[str] = frozenset()
    how_first: bool = False
    """Whether the way of asking is looked at before the person: a button that somebody opens leads to its page."""
    leads: bool = True
    """Whether there is such a page."""
    found_first: bool = False
    """Whether what it names is looked up before the way of asking, and before anybody confirms who he or she is."""
    hidden: bool = False
    """Whether there is nothing to see where something can be sent."""
    fresh: frozenset[str] = frozenset()
    """What asks for a password or second step that was just shown."""
    first_step: bool = False
    """Whether it opens without a second step."""
    only_newcomers: bool = False
    """Whether it opens so only for who has none yet, to set it up."""
    by_key: bool = False
    """Whether a program comes in here with its key, and nobody in any other way; `let_in` are the roles of the key."""

    def verdict(
        self,
        *,
        method: str,
        roles: frozenset[Role] | None,
        owns: bool,
        state: str,
        insurer: bool,
        shown: Shown = Shown.BOTH,
        key: bool = False,
    ) -> Verdict:
        """Return the one right outcome. `roles` None: nobody has logged in. `key`: it is a program, with its key."""
        if method not in BOTH:
            return Verdict.NOT_SO
        if self.by_key and not key:
            return Verdict.KEY
        if self.by_key:
            return Verdict.NOT_SO if method not in self.asked else Verdict.OPEN if owns else Verdict.ABSENT
        if key:
            # A key opens no page: there it is nobody.
            roles = None
        owes = shown == Shown.STEP_OWED
        if (owes or shown == Shown.NO_STEP_YET) and (not self.first_step or (owes and self.only_newcomers)):
            return Verdict.SECOND_STEP
        led = method in LOOK and self.leads
        wrong_way = None if method in self.asked else Verdict.LED if led else Verdict.NOT_SO
        if wrong_way and (self.how_first or self.let_in is None):
            return wrong_way
        if self.let_in is not None and roles is None:
            return Verdict.LOG_IN
        if self.let_in is not None and not (roles or frozenset()) & self.let_in:
            return Verdict.OTHER_ROLE
        there = owns and not (insurer and state == "draft") and state not in self.absent
        if self.finds is not None and not (roles or frozenset()) & self.finds:
            there = False
        if self.hidden and method in LOOK:
            there = False
        if self.found_first and not there:
            return Verdict.ABSENT
        if shown == Shown.LONG_AGO and method in self.fresh:
            return Verdict.CONFIRM
        if wrong_way:
            return wrong_way
        return Verdict.OPEN if there else Verdict.ABSENT
