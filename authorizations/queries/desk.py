"""What there is to choose from in the queue of an insurer."""

from dataclasses import dataclass

from accounts.domain.actors import Actor
from authorizations import queries

Choices = list[tuple[str, str]]
"""Values and words, by the words."""


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
        .values_list("provider_id", "provider__name", "policy_version__slug", "policy_version__title")
        .distinct()
    )
    providers: dict[str, str] = {}
    policies: dict[str, str] = {}
    for provider_id, name, slug, title in found:
        providers[str(provider_id)] = name
        policies[slug] = title
    return Origins(_by_words(providers), _by_words(policies))


def _by_words(choices: dict[str, str]) -> Choices:
    return sorted(choices.items(), key=lambda choice: (choice[1].casefold(), choice[0]))
