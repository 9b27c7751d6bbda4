"""What there is to choose from in the queue, what a person keeps there, and the requests of one insured."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Max, QuerySet, Value

from accounts.domain.actors import Actor
from authorizations import queries
from authorizations.domain.lifecycle import OPEN
from authorizations.domain.queue_columns import AT_FIRST, COLUMNS
from authorizations.models import AuthorizationRequest, NearSpellings, QueueColumns, SavedView
from kit.encrypted import fingerprint
from kit.text import storable

Choices = list[tuple[str, str]]
"""Values and words, by the words."""


Line = TypeVar("Line")


@dataclass(frozen=True)
class Origins:
    """Which zorgaanbieders have something open, and under which policies it was filed."""

    providers: Choices
    policies: Choices


def origins(actor: Actor) -> Origins:
    """Return where the open requests come from, in one query; of a policy with several versions the newest title."""
    found = (
        queries.queue(actor)
        .order_by("policy_version_id")
        # Grouped by the numbers alone, which stand in the index; the words are those of any row.
        .values_list("provider_id", "policy_version_id")
        .annotate(name=Max("provider__name"), slug=Max("policy_version__slug"), title=Max("policy_version__title"))
        .values_list("provider_id", "name", "slug", "title")
    )
    providers: dict[str, str] = {}
    policies: dict[str, str] = {}
    for provider_id, name, slug, title in found:
        providers[str(provider_id)] = name
        policies[slug] = title
    return Origins(_by_words(providers), _by_words(policies))


@transaction.atomic(savepoint=False)
def fetched(lines: Iterable[Line]) -> list[Line]:
    """
    Return the lines of a list that touches many tables, joined in the order in which they are written.

    With each table and what guards its rows PostgreSQL weighs more orders than it takes to fetch a page: 8 of 10 ms.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL join_collapse_limit = 1")
        found = list(lines)
        cursor.execute("SET LOCAL join_collapse_limit = DEFAULT")
    return found


def of_insured(actor: Actor, bsn: str) -> QuerySet[AuthorizationRequest]:
    """Return the requests for who has this BSN, found by its keyed hash, the newest first."""
    found = queries.visible_to(actor).filter(insured__bsn_hash=fingerprint(bsn, "bsn"))
    return queries.marking_counter_questions(found).order_by("-submitted_at", "-id")


def alike(actor: Actor, text: str) -> QuerySet[AuthorizationRequest]:
    """Return the open requests of who has a name like this but for one letter, the likest first."""
    name = storable(text)
    # The first is what the index knows, the second what is so.
    found = queries.visible_to(actor).filter(insured__is_open=True, status__in=OPEN)
    return (
        found.annotate(
            spellings=NearSpellings("insured__surname"), likeness=TrigramWordSimilarity(name, "insured__surname")
        )
        .filter(spellings__overlap=NearSpellings(Value(name)))
        .order_by("-likeness", "due_on", "id")
    )


def saved_views(actor: Actor) -> QuerySet[SavedView]:
    """Return the ways to look at the queue that this person keeps here, in the order of keeping."""
    return SavedView.objects.filter(user_id=actor.user_id, organization_id=actor.organization_id)


def columns_of(actor: Actor) -> list[str]:
    """Return the columns of the queue that this person wants to see here, in the order of the page."""
    row = QueueColumns.objects.filter(user_id=actor.user_id, organization_id=actor.organization_id).first()
    wanted = AT_FIRST if row is None else row.columns
    return [name for name in COLUMNS if name in wanted]


def _by_words(choices: dict[str, str]) -> Choices:
    return sorted(choices.items(), key=lambda choice: (choice[1].casefold(), choice[0]))
