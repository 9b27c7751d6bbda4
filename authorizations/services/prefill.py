"""What a new draft begins with: what we know of the organisation and of an earlier request."""

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import Role
from authorizations import queries
from authorizations.domain import application as applications
from authorizations.domain import kinds, records
from authorizations.domain.terms import Kind
from authorizations.models import AuthorizationRequest
from authorizations.queries import titles

REVALIDATIEARTS = ("revalidatiearts_name", "revalidatiearts_big", "revalidatiearts_agb")
# What a vervolg takes over: who and why stay, what was done and what comes is asked anew. Bron: Z-29; feature 61.
TAKEN_OVER = {
    "insured": None,
    "care": (
        *("indication", "setting", "location", "contact_name", "contact_phone"),
        *REVALIDATIEARTS,
    ),
    "referral": None,
    "history": None,
    "plan": ("goals", "activities", "practitioners", "code", "second_code"),
}


@dataclass
class Start:
    """The content of a draft that begins: what is filled in, and where that came from."""

    kind: Kind
    previous: AuthorizationRequest | None = None
    amends: AuthorizationRequest | None = None
    reading: dict[str, dict[str, Any]] = field(default_factory=dict)
    prefilled: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, by: Actor, *, kind: Kind, planned_start_on: date, previous: AuthorizationRequest | None) -> "Start":
        """Return the beginning of a first request, or of a vervolg on an earlier one."""
        begin = cls(kind, previous=previous)
        begin._take_organization(by)
        if previous:
            begin._take_previous(previous)
        begin.set("plan", starts_on=planned_start_on.isoformat())
        begin._choose_the_only()
        return begin

    @classmethod
    def again(cls, authorization: AuthorizationRequest) -> "Start":
        """Return a filed request as the beginning of the one that supersedes it; it is to be signed anew."""
        begin = cls(Kind(authorization.kind), previous=authorization.previous, amends=authorization)
        content = dict(authorization.application or {})
        for part in fields(applications.Application):
            if part.name != "kind":
                begin.fill(part.name, content.get(part.name, {}), f"aanvraag {authorization.reference}")
        begin.set("consent", declared_true=False)
        return begin

    @property
    def starts_on(self) -> date | None:
        """The planned start of the treatment."""
        return applications.read(self.reading).plan.starts_on

    def set(self, part: str, **values: Any) -> None:
        """Put in what was just chosen; that has no other origin."""
        self.reading.setdefault(part, {}).update(values)
        for name in values:
            self.prefilled.get(part, {}).pop(name, None)

    def fill(self, part: str, values: dict[str, Any], origin: str) -> None:
        """Fill in what isn't empty, and remember from where. Bron: feature 5."""
        for name, value in values.items():
            if value not in ("", None, [], {}):
                self.reading.setdefault(part, {})[name] = value
                self.prefilled.setdefault(part, {})[name] = {"value": value, "from": origin}

    def _choose_the_only(self) -> None:
        """Choose what this kind of request leaves no choice in."""
        row = kinds.of(self.kind)
        for name, terms in (("indication", row.indications), ("setting", row.settings)):
            if len(terms) == 1:
                self.set("care", **{name: terms[0].value})

    def take_number(self, number: str, by: Actor) -> None:
        """Take the number of an earlier machtiging that isn't of this portal; one taken over says who it is for."""
        self.set("follow_up", previous_number=number)
        taken = titles.taken_over_numbered(by, number)
        if taken:
            origin = f"overgenomen machtiging {taken.number}"
            who = {name: getattr(taken, name) for name in ("bsn", "initials", "surname")}
            self.fill("insured", who | {"birth_date": taken.birth_date and taken.birth_date.isoformat()}, origin)
            self.fill("care", {"indication": taken.indication}, origin)

    def _take_organization(self, by: Actor) -> None:
        """Take the organisation, and the revalidatiearts who was named last. Bron: ux.md section 7 (prefill)."""
        organization = accounts.organization(by.organization_id)
        places = list(accounts.locations(by.organization_id)[:2])
        own = {"contact_name": by.name, "contact_phone": organization.phone}
        if len(places) == 1:
            own["location"] = places[0].name
        self.fill("care", own, "de gegevens van uw organisatie")
        leads = kinds.of(self.kind).practitioner
        alike = [kind.value for kind, row in kinds.KINDS.items() if row.practitioner == leads]
        last = queries.last_with_revalidatiearts(by.organization_id, alike)
        if last:
            care = asdict(applications.read(last.application or {}).care)
            self._name_revalidatiearts(care, "uw vorige aanvraag")
        elif by.has(Role.BEHANDELAAR):
            himself = {"revalidatiearts_name": by.name, "revalidatiearts_big": by.big_number}
            self._name_revalidatiearts(himself, "uw profiel")

    def _name_revalidatiearts(self, care: dict[str, Any], origin: str) -> None:
        """Fill in the revalidatiearts whole: the number of one never stands beside the name of another."""
        for table in (self.reading, self.prefilled):
            for name in REVALIDATIEARTS:
                table.get("care", {}).pop(name, None)
        self.fill("care", {name: care.get(name, "") for name in REVALIDATIEARTS}, origin)

    def _take_previous(self, previous: AuthorizationRequest) -> None:
        origin = f"aanvraag {previous.reference}"
        content = records.write(applications.read(previous.application or {}))
        self._name_revalidatiearts(content["care"], origin)
        for part, names in TAKEN_OVER.items():
            table = content[part]
            self.fill(part, table if names is None else {name: table[name] for name in names}, origin)
        grant = queries.grant_of(previous.pk)
        self.fill("follow_up", {"previous_number": grant.number if grant else previous.reference}, origin)
