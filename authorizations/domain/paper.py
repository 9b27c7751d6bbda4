"""
A request that came by post: who asks, when it came in, and from which moment the terms count.

Staff of the insurer type it over; from then on it is a request like any other. And who may hear something over the
telephone: who names two facts that fit together.

Bron: A-01, A-29, A-37; R-36.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from authorizations.domain.deadlines import AMSTERDAM
from authorizations.domain.obstacles import Obstacle
from kit.terms import Term

OLDEST = timedelta(days=366)
"""No source: what came in longer ago is a slip in the year."""
NOON = time(12)


class AskedBy(Term):
    """Who asks on paper. Bron: A-29; R-36."""

    PROVIDER = "provider", "De zorgaanbieder"
    INSURED = "insured", "De verzekerde"


def counts_from(received_on: date) -> datetime:
    """
    Return the moment from which the terms of a paper request count: the middle of the day that it came in.

    Bron: R-18 (the day of receipt is day 0); A-37.
    """
    return datetime.combine(received_on, NOON, AMSTERDAM)


def obstacles(received_on: date | None, *, today: date) -> Iterator[Obstacle]:
    """Yield what is wrong with the day on which it came in. Bron: A-37."""
    if received_on is None:
        yield Obstacle("received_on_missing", "Vul in op welke dag de aanvraag binnenkwam.", field="received_on")
    elif received_on > today:
        yield Obstacle("received_on_future", "Deze dag moet nog komen. Controleer de datum.", field="received_on")
    elif received_on < today - OLDEST:
        message = "Deze dag is meer dan een jaar geleden. Controleer het jaar."
        yield Obstacle("received_on_old", message, field="received_on")


def is_confirmed(*, known: date | None, said: date) -> bool:
    """
    Say whether somebody on the telephone who named another fact right names the birth date right as well.

    Bron: A-01 (geboortedatum as an extra check); R-24, R-36.
    """
    return known is not None and known == said
