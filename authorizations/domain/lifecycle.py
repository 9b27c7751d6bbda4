"""The life of a request, read off one table. docs/states.md is drawn from it."""

from dataclasses import dataclass

from kit.terms import Term


class Status(Term):
    """The states of a request. Bron: decisions.md, "States and words"."""

    DRAFT = "draft", "Concept"
    SUBMITTED = "submitted", "Ontvangen"
    IN_REVIEW = "in_review", "In beoordeling"
    WAITING_FOR_PROVIDER = "waiting_for_provider", "Wacht op aanbieder"
    ANSWERED = "answered", "Antwoord binnen"
    SECOND_REVIEW = "second_review", "Tweede beoordeling"
    GRANTED = "granted", "Toegekend"
    PARTLY_GRANTED = "partly_granted", "Gedeeltelijk toegekend"
    DENIED = "denied", "Afgewezen"
    WITHDRAWN = "withdrawn", "Ingetrokken"


class Party(Term):
    """Who may make a move."""

    PROVIDER = "provider", "Zorgaanbieder"
    ADVISOR = "advisor", "Medisch adviseur"


class Turn(Term):
    """Who must act now."""

    PROVIDER = "provider", "Zorgaanbieder"
    INSURER = "insurer", "Verzekeraar"
    NOBODY = "nobody", "Niemand"


DECIDED = frozenset({Status.GRANTED, Status.PARTLY_GRANTED, Status.DENIED})
CLOSED = DECIDED | {Status.WITHDRAWN}
OPEN = frozenset(Status) - CLOSED - {Status.DRAFT}

# What the provider reads where that differs from what the advisor reads.
PROVIDER_WORDS = {
    Status.IN_REVIEW: "Wordt beoordeeld",
    Status.WAITING_FOR_PROVIDER: "Informatie nodig",
    Status.ANSWERED: "Wordt beoordeeld",
    Status.SECOND_REVIEW: "Wordt beoordeeld",
}
ADVISOR_WORDS = {Status.SUBMITTED: "Nieuw"}


@dataclass(frozen=True)
class Move:
    """A step that a party may make, and where it leads. `words` tell what happened, for the timeline."""

    by: Party
    sources: frozenset[Status]
    target: Status
    words: str


def _from(*sources: Status) -> frozenset[Status]:
    return frozenset(sources)


MOVES = {
    "submit": Move(Party.PROVIDER, _from(Status.DRAFT), Status.SUBMITTED, "Aanvraag ingediend"),
    "claim": Move(Party.ADVISOR, _from(Status.SUBMITTED), Status.IN_REVIEW, "In beoordeling genomen"),
    "release": Move(Party.ADVISOR, _from(Status.IN_REVIEW), Status.SUBMITTED, "Teruggelegd in de werkvoorraad"),
    "ask": Move(
        Party.ADVISOR, _from(Status.IN_REVIEW, Status.ANSWERED), Status.WAITING_FOR_PROVIDER, "Informatie gevraagd"
    ),
    "answer": Move(Party.PROVIDER, _from(Status.WAITING_FOR_PROVIDER), Status.ANSWERED, "Vragen beantwoord"),
    "resume": Move(
        Party.ADVISOR, _from(Status.ANSWERED, Status.WAITING_FOR_PROVIDER), Status.IN_REVIEW, "Beoordeling hervat"
    ),
    "propose": Move(
        Party.ADVISOR, _from(Status.IN_REVIEW, Status.ANSWERED), Status.SECOND_REVIEW, "Tweede beoordeling gevraagd"
    ),
    "return": Move(Party.ADVISOR, _from(Status.SECOND_REVIEW), Status.IN_REVIEW, "Terug naar de eerste beoordelaar"),
    "grant": Move(Party.ADVISOR, _from(Status.IN_REVIEW, Status.ANSWERED), Status.GRANTED, "Machtiging toegekend"),
    "grant_partly": Move(
        Party.ADVISOR,
        _from(Status.IN_REVIEW, Status.ANSWERED, Status.SECOND_REVIEW),
        Status.PARTLY_GRANTED,
        "Machtiging gedeeltelijk toegekend",
    ),
    "deny": Move(Party.ADVISOR, _from(Status.SECOND_REVIEW), Status.DENIED, "Machtiging afgewezen"),
    "withdraw": Move(
        Party.PROVIDER,
        _from(
            Status.SUBMITTED,
            Status.IN_REVIEW,
            Status.WAITING_FOR_PROVIDER,
            Status.ANSWERED,
            Status.SECOND_REVIEW,
        ),
        Status.WITHDRAWN,
        "Aanvraag ingetrokken",
    ),
}

TURNS = (
    {
        Status.DRAFT: Turn.PROVIDER,
        Status.WAITING_FOR_PROVIDER: Turn.PROVIDER,
    }
    | dict.fromkeys((Status.SUBMITTED, Status.IN_REVIEW, Status.ANSWERED, Status.SECOND_REVIEW), Turn.INSURER)
    | (dict.fromkeys(CLOSED, Turn.NOBODY))
)


def provider_words(status: Status) -> str:
    """Return how the provider reads this status."""
    return PROVIDER_WORDS.get(status, status.label)


def advisor_words(status: Status) -> str:
    """Return how the advisor reads this status."""
    return ADVISOR_WORDS.get(status, status.label)
