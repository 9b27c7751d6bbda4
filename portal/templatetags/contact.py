"""Where to ask a question, with whether somebody answers now. The policies know; every page may show it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.utils import timezone

from authorizations.domain.contact import Contact, ContactSubject, for_subject
from authorizations.domain.policy import Policy
from authorizations.domain.reachable import reach
from authorizations.queries import contacts

register = template.Library()
PANEL = "components/_contact.html"


@register.inclusion_tag(PANEL)
def contact(
    policy: Policy, about: str = "", title: str = "Contact", level: int = 2, *, wide: bool = False
) -> dict[str, Any]:
    """Show where to ask what by this policy: `about` one subject, or all of it; `wide` beside each other."""
    chosen = for_subject(policy.contacts, ContactSubject(about)) if about else policy.contacts
    return _shown((("", one) for one in chosen), title, level) | {"wide": wide}


@register.inclusion_tag(PANEL)
def contact_of_insurer(insurer_id: int, *abouts: str, title: str = "Contact", level: int = 2) -> dict[str, Any]:
    """Show where to ask this insurer about the first of these subjects that it names somebody for."""
    known = list(contacts.on(timezone.localdate(), insurer_id=insurer_id))
    for subject in map(ContactSubject, abouts):
        if found := [(policy, one) for policy, one in known if one.is_about(subject)]:
            # Two policies of one insurer may have a telephone each: then the care says which is whose.
            several = len({policy.slug for policy, _ in found}) > 1
            return _shown(((policy.care if several else "", one) for policy, one in found), title, level)
    return _shown((), title, level)


@register.inclusion_tag(PANEL)
def contact_about(about: str, title: str = "Contact", level: int = 2) -> dict[str, Any]:
    """Show where to ask about this subject, of every insurer that names somebody."""
    known = contacts.on(timezone.localdate())
    return _shown(
        ((policy.insurer.name, one) for policy, one in known if one.is_about(ContactSubject(about))), title, level
    )


def _shown(named: Iterable[tuple[str, Contact]], title: str, level: int) -> dict[str, Any]:
    return {"blocks": list(_blocks(named)), "title": title, "level": level}


def _blocks(named: Iterable[tuple[str, Contact]]) -> Iterator[dict[str, object]]:
    now = timezone.now()
    for name, one in named:
        yield {"name": name, "contact": one, "reach": reach(one, now)}
