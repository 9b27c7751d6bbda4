"""What the rules of filing know besides the request itself, and how they say that something is missing or wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from authorizations.domain import documents
from authorizations.domain.application import Application
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Policy
from authorizations.domain.terms import DocumentKind


@dataclass(frozen=True)
class Situation:
    """What the rules know besides the application itself."""

    policy: Policy
    today: date
    expected_on: date
    answers: Mapping[DocumentKind, documents.Answer] = field(default_factory=dict)
    duplicates: Sequence[str] = ()


Rule = Callable[[Application, Situation], Iterator[Obstacle]]


def filled(step: str, *fields: tuple[str, object, str]) -> Iterator[Obstacle]:
    """Say what is empty: (field, value, words for whoever fills it in)."""
    for name, value, words in fields:
        if not value:
            yield Obstacle(f"{name}_missing", words, step, name)


def number(
    step: str, name: str, value: str, check: Callable[[str], object], *, row: int | None = None
) -> Iterator[Obstacle]:
    """Say what is wrong with a number, in the words of identifiers.py."""
    try:
        check(value)
    except ValueError as wrong:
        yield Obstacle(f"{name}_wrong" if value.strip() else f"{name}_missing", str(wrong), step, name, row)
