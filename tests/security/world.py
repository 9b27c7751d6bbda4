"""Who asks and what is asked for, in the access table and for the fuzzer: everybody, and a request in each state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from accounts.domain.roles import ROLES_OF, OrganizationKind, Role
from accounts.models import Organization
from authorizations.domain.terms import Addressee
from authorizations.models import AuthorizationRequest, InformationRequest, RequestLetter
from authorizations.services import questions
from papers.delivery.pages import make_next
from papers.services import printing
from papers.tasks import render_letters
from portal.world import people
from tests.factories.accounts import InvitationFactory, UserFactory, person
from tests.factories.world import walk_to
from tests.journeys.addresses import NOBODYS, names_at, names_in

JANSEN, NOOR = "jansen@esdoorn.example", "noor@zk.example"
STATES = ("waiting_for_provider", "draft", "granted", "submitted", "withdrawn", "denied")
PLACES = (people.ESDOORN, people.DUIN, people.ZILVEREN_KRUIS, people.ASR)
STATIC = {"step": "patient", "code": "c1", "form": "besluit", "number": 1}
NOBODY = {"secret": "x" * 32, "uidb36": "1", "key": "x-y", "slug": "zilveren-kruis-msr"}


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks; `roles` None when nobody has logged in."""

    name: str
    place: str
    kind: OrganizationKind | None
    roles: frozenset[Role] | None
    client: Client = field(compare=False)


@dataclass(frozen=True)
class Thing:
    """What an address can name: whose it is, in which state, and its parts by the name that addresses use."""

    name: str
    owners: frozenset[str]
    state: str
    names: dict[str, Any] = field(compare=False)


def visitors(log_in: Callable[..., Client]) -> Iterator[Visitor]:
    """Return everybody: nobody, each role at two providers and two insurers, and who works nowhere (any more)."""
    yield Visitor("niemand", "", None, None, Client())
    for place in PLACES:
        organization = Organization.objects.get(name=place)
        kind = OrganizationKind(organization.kind)
        for role in ROLES_OF[kind]:
            big = {"big_number": "19012345601", "profession": "Revalidatiearts"} if role == Role.BEHANDELAAR else {}
            client = log_in(person(role, organization=organization, **big))
            yield Visitor(f"{role.value} van {place}", place, kind, frozenset({role}), client)
    yield Visitor("zonder organisatie", "", None, None, log_in(UserFactory()))
    yield Visitor("gestopt", "", None, None, log_in(UserFactory(is_active=False)))


def things(states: tuple[str, ...] = STATES) -> list[Thing]:
    """Return a request in each state, one that doesn't exist, and what two organisations have; all of two owners."""
    both = frozenset({people.ESDOORN, people.ZILVEREN_KRUIS})
    then = timezone.now() - timedelta(days=12)
    found = {state: walk_to(state, now=then, person=number) for number, state in enumerate(states)}
    if "waiting_for_provider" in found:
        asked = InformationRequest.objects.get(authorization=found["waiting_for_provider"])
        questions.counter(
            item_id=asked.items.get().pk, text="Wat bedoelt u?", by=people.actor(JANSEN), now=timezone.now()
        )
    render_letters()
    noor = people.actor(NOOR)
    printing.make_batch(sender_id=noor.organization_id, by_user_id=noor.user_id, now=timezone.now())
    while make_next(now=timezone.now()):
        pass
    requests = [Thing(f"een aanvraag: {state}", both, state, _in(one)) for state, one in found.items()]
    nothing = Thing("een aanvraag die er niet is", frozenset(), "", {"reference": NOBODYS, **STATIC})
    return [*requests, nothing, *(_at(place) for place in (people.ESDOORN, people.ZILVEREN_KRUIS))]


def _in(request: AuthorizationRequest) -> dict[str, Any]:
    # The letter to the provider: the other is only for who wrote it.
    letter = RequestLetter.objects.filter(authorization=request, addressee=Addressee.PROVIDER).last()
    return {**names_in(request), **({"letter": letter.letter.reference} if letter else {})}


def _at(place: str) -> Thing:
    organization = Organization.objects.get(name=place)
    InvitationFactory(organization_id=organization.pk)
    names = names_at(organization.pk)
    if "batch" in names:
        from papers.models import PrintItem

        names["item"] = PrintItem.objects.filter(batch_id=names["batch"]).earliest("pk").pk
    return Thing(f"van {place}", frozenset({place}), "", names)
