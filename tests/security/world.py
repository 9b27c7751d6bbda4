"""Who asks and what is asked for, in the access table and for the fuzzer: everybody, and a request in each state."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from accounts import queries
from accounts.domain.roles import ROLES_OF, OrganizationKind, Role
from accounts.models import Organization, User
from authorizations.domain.terms import Addressee
from authorizations.models import AuthorizationRequest, InformationRequest, RequestLetter, Statement
from authorizations.services import questions, retention
from papers.delivery.pages import make_next
from papers.models import PrintItem
from papers.services import printing
from papers.tasks import render_letters
from portal.world import people
from tests.factories import contracting, declarations, documents, imports, logging_in, notices, policies, told
from tests.factories.accounts import PASSWORD, AccessRequestFactory, InvitationFactory, UserFactory, api_key, person
from tests.factories.logging_in import logged_in
from tests.factories.releases import released
from tests.factories.world import walk_to
from tests.journeys.addresses import NOBODYS, names_at, names_in
from tests.security.verdict import Shown

JANSEN, NOOR, KEEPER = "jansen@esdoorn.example", "noor@zk.example", "team@zk.example"
STATES = ("waiting_for_provider", "draft", "granted", "submitted", "withdrawn", "denied")
LOGS = frozenset({Role.LOGBEHEERDER})
FILES = frozenset({Role.INDIENER, Role.BEHANDELAAR})
LESS = (
    (Role.ORGANISATIEBEHEERDER, people.ESDOORN),
    (Role.BEHANDELAAR, people.ESDOORN),
    (Role.MEDISCH_ADVISEUR, people.ZILVEREN_KRUIS),
    (Role.BEHEERDER, people.ZILVEREN_KRUIS),
)
"""Who is also there with less to show."""
PLACES = (people.ESDOORN, people.DUIN, people.ZILVEREN_KRUIS, people.ASR)
STATIC = {"step": "patient", "code": "c1", "form": "besluit"}
# Of nobody: a secret, a policy, a check, and a month or a page by its number.
NOBODY = {"secret": "x" * 32, "uidb36": "1", "key": "x-y", "slug": "zilveren-kruis-msr", "year": 2026, "number": 1,
          "statement": "N-00000000X", "toets": "weging", "part": "criterium", "soort": "zorgtype",
          "kode": "303", "subject": "nummers", "publication_id": contracting.PUBLIC}  # fmt: skip
OF_BOTH = ("notice_id", "coulance_id", "paper_id")
PARTS = (
    *OF_BOTH,
    *("document_id", "item_id", "counter_id", "item", "batch", "location_id", "invitation_id", "user_id"),
    *("traject_id", "subtraject_id", "activity_id", "key_id", "pin_id", "draft_id", "version_id", "contract_id"),
    *("declaration_id", "dbc_id", "file_id", "changed_id", "signal_id", "title_id", "questionnaire_id"),
    *("evidence_id", "season_id", "start_id"),
)
NO_SUCH = dict.fromkeys((*PARTS, "factor_id", "request_id", "import_id", "run_id", "release_id"), 2000000000) | {
    "letter": UUID(int=1)
}
STALE_AFTER = 300


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks; `roles` None when nobody has logged in."""

    name: str
    place: str
    kind: OrganizationKind | None
    roles: frozenset[Role] | None
    client: Client = field(compare=False)
    user: User | None = field(default=None, compare=False)
    shown: Shown = Shown.BOTH
    key: bool = False
    """Whether it is a program that sends a key along, and no person with a browser."""

    def stay(self) -> None:
        """Let what was shown be as long ago as it should be: a long run doesn't end the session."""
        if self.user and self.roles and not self.key:
            step = "totp" if self.shown in (Shown.BOTH, Shown.LONG_AGO) else None
            ago = 2 * STALE_AFTER if self.shown == Shown.LONG_AGO else 0
            logging_in.shown(self.client, self.user, step=step, ago=ago)


class Knocking(Visitor):
    """Somebody who typed the password and is asked for the code."""

    def stay(self) -> None:
        """Type the password again: the question for the code lasts a quarter of an hour."""
        assert self.user
        answer = self.client.post("/inloggen/", {"login": self.user.email, "password": PASSWORD})
        assert answer.get("Location") == "/inloggen/code/", answer


@dataclass(frozen=True)
class Thing:
    """What an address can name: whose it is, in which state, and its parts by the name that addresses use."""

    name: str
    owners: frozenset[str]
    """Places, or one visitor."""
    state: str
    names: dict[str, Any] = field(compare=False)


def visitors() -> list[Visitor]:
    """
    Return everybody: nobody, each role at two providers and two insurers, and who works nowhere (any more).

    All of them showed both steps; besides, there are some who showed less, or long ago. And there are programs.
    """
    found = [Visitor("niemand", "", None, None, Client())]
    for place in PLACES:
        kind = OrganizationKind(Organization.objects.get(name=place).kind)
        found += [_visitor(role, place) for role in ROLES_OF[kind]]
    for role, place in LESS:
        found += [_visitor(role, place, shown) for shown in Shown if shown != Shown.BOTH]
    for name, user in (("zonder organisatie", UserFactory()), ("gestopt", UserFactory(is_active=False))):
        found.append(Visitor(name, "", None, None, logged_in(Client(), user), user))
    return [*found, *(_program(place) for place in (people.ESDOORN, people.DUIN))]


def _program(place: str) -> Visitor:
    """Return a program with a key of this provider, which registers in the name of an indiener there."""
    organization = Organization.objects.get(name=place)
    manager, filer = (
        queries.actor_of(person(role, organization=organization), organization.pk)
        for role in (Role.ORGANISATIEBEHEERDER, Role.INDIENER)
    )
    assert manager and filer
    text = api_key(manager, filer, now=timezone.now())
    client = Client(headers={"Authorization": f"Bearer {text}"})
    # The first use of a day is written down; looking, which changes nothing, comes after that.
    client.get("/api/v1/zorgtrajecten/1")
    kind, user = OrganizationKind(organization.kind), queries.user(filer.user_id)
    return Visitor(f"programma van {place}", place, kind, filer.roles, client, user, key=True)


def knocking() -> Visitor:
    """Return somebody who is asked for the code, and hasn't logged in yet."""
    made = Knocking("halverwege", "", None, None, Client(), person(Role.INDIENER))
    made.stay()
    return made


def _visitor(role: Role, place: str, shows: Shown = Shown.BOTH) -> Visitor:
    organization = Organization.objects.get(name=place)
    big = {"big_number": "19012345601", "profession": "Revalidatiearts"} if role == Role.BEHANDELAAR else {}
    user = person(role, organization=organization, app=shows != Shown.NO_STEP_YET, **big)
    name = f"{role.value} van {place}" + (f" met {shows.value}" if shows != Shown.BOTH else "")
    kind = OrganizationKind(organization.kind)
    made = Visitor(name, place, kind, frozenset({role}), logged_in(Client(), user), user, shows)
    made.stay()
    return made


def things(everybody: Sequence[Visitor], states: tuple[str, ...] = STATES) -> list[Thing]:
    """
    Return a request in each state, what doesn't exist, what organisations have, and what visitors have themselves.

    The requests are of one provider and one insurer; of what organisations have, each has its own.
    """
    both = frozenset({people.ESDOORN, people.ZILVEREN_KRUIS})
    then = timezone.now() - timedelta(days=12)
    found = {state: walk_to(state, now=then, person=number) for number, state in enumerate(states)}
    for request in found.values():
        documents.pinned(request)
    if "waiting_for_provider" in found:
        asked = InformationRequest.objects.get(authorization=found["waiting_for_provider"])
        questions.counter(
            item_id=asked.items.get().pk, text="Wat bedoelt u?", by=people.actor(JANSEN), now=timezone.now()
        )
    if "granted" in found:
        told.under(found["granted"], people.actor(JANSEN), now=timezone.now())
    beside = Thing("een melding", both, "", _told())
    render_letters()
    noor = people.actor(NOOR)
    printing.make_batch(sender_id=noor.organization_id, by_user_id=noor.user_id, now=timezone.now())
    while make_next(now=timezone.now()):
        pass
    held = found.get("granted") or next(one for state, one in found.items() if state != "draft")
    retention.hold(authorization=held, reason="Klacht", by=people.actor(KEEPER), now=timezone.now())
    requests = [Thing(f"een aanvraag: {state}", both, state, _in(one)) for state, one in found.items()]
    nothing = Thing("wat er niet is", frozenset(), "", {"reference": NOBODYS, **STATIC, **NO_SUCH})
    own = [
        _of(one) for one in everybody if not one.key and ((one.user and one.shown != Shown.BOTH) or one.roles == LOGS)
    ]
    Statement.objects.create(
        number=NOBODY["statement"], policy_version=next(iter(found.values())).policy_version,
        said_on=timezone.localdate(), said_at=timezone.now(), code="14E489", reason="vrijgesteld",
    )  # fmt: skip
    contracting.published(pk=contracting.PUBLIC)
    # Codes are of everybody: every insurer looks after the same releases.
    insurers = frozenset({people.ZILVEREN_KRUIS, people.ASR})
    codes = Thing("een uitgave van codes", insurers, "", {"release_id": released().pk})
    return [*requests, nothing, codes, beside, *(_at(place) for place in PLACES), *own]


def _in(request: AuthorizationRequest) -> dict[str, Any]:
    # The letter to the provider: the other is only for who wrote it.
    letter = RequestLetter.objects.filter(authorization=request, addressee=Addressee.PROVIDER).last()
    return {**names_in(request), **({"letter": letter.letter.reference} if letter else {})}


def _told() -> dict[str, Any]:
    """Return what a provider told an insurer beside its requests."""
    jansen, keeper = people.actor(JANSEN), people.actor(KEEPER)
    asked = notices.decided(notices.coulance(jansen, keeper.organization_id), keeper)
    notice = notices.told(jansen, keeper.organization_id)
    return {"notice_id": notice.pk, "coulance_id": asked.pk, "paper_id": asked.papers.get().pk}


def _of(visitor: Visitor) -> Thing:
    held = Authenticator.objects.filter(user=visitor.user).first()
    return Thing(f"van {visitor.name}", frozenset({visitor.name}), "", {"factor_id": held.pk} if held else {})


def _bring(organization: Organization) -> None:
    """Let somebody of this provider bring a file of activities, of which every line is wrong."""
    here = (one for one in people.PEOPLE if one.organization == organization.name)
    imports.brought(people.actor(next(one.email for one in here if FILES & {*one.roles})))


def _declare(organization: Organization) -> None:
    """Let somebody of this provider write a claim down."""
    here = (one for one in people.PEOPLE if one.organization == organization.name)
    filer = people.actor(next(one.email for one in here if FILES & {*one.roles}))
    declarations.claim(filer, Organization.objects.get(name=people.ZILVEREN_KRUIS))


def _at(place: str) -> Thing:
    organization = Organization.objects.get(name=place)
    InvitationFactory(organization_id=organization.pk)
    contracting.contract_of(organization)
    contracting.questionnaire_of(organization)
    contracting.start_letter_of(organization)
    if organization.kind == OrganizationKind.INSURER:
        AccessRequestFactory(insurer_id=organization.pk)
        policies.begun(organization)
    else:
        _bring(organization)
        _declare(organization)
    # A second step is of a person, and what was told is of both sides.
    told = names_at(organization.pk)
    names = {name: value for name, value in told.items() if name not in ("factor_id", *OF_BOTH)}
    if "batch" in names:
        names["item"] = PrintItem.objects.filter(batch_id=names["batch"]).earliest("pk").pk
    return Thing(f"van {place}", frozenset({place}), "", names)
