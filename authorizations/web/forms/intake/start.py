"""Before the steps: with which insurer, what kind of request, from which day, and with or without a contract."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import kinds, words
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Kind
from authorizations.models import PolicyVersion
from authorizations.web.contracted import UNLESS_WRONG
from authorizations.web.forms.intake.base import Explanation, YesNoField
from authorizations.web.forms.intake.layout import Reveal
from kit import widgets
from kit.fields import DateField, LineField
from kit.forms import Form

STALE_PAGE = "Deze pagina klopt niet meer. Open de pagina opnieuw en vul hem nog een keer in."


class InsurerField(forms.ChoiceField):
    """
    An option per insurer, by one of its policies; the kind of request says which of them it is about.

    Policies of one insurer for the same kind each keep an option of their own: then only a person can choose.
    """

    def offer(self, policies: Mapping[str, Policy]) -> None:
        """Offer the insurers of these policies, which are by slug."""
        self.of_insurer: dict[str, list[str]] = {}
        for slug, policy in policies.items():
            self.of_insurer.setdefault(policy.insurer.name, []).append(slug)
        self.aliases: dict[str, str] = {}
        choices: list[tuple[str, str]] = []
        for name, slugs in self.of_insurer.items():
            offered = [kind for slug in slugs for kind in policies[slug].kinds]
            if len(slugs) > 1 and len(set(offered)) == len(offered):
                # By the policy for the first kind there is, whatever the order of their names.
                first = min(slugs, key=lambda slug: min(list(Kind).index(kind) for kind in policies[slug].kinds))
                self.aliases |= dict.fromkeys(slugs, first)
                choices.append((first, name))
            else:
                choices += [(slug, f"{name}: {policies[slug].care}") for slug in slugs]
        self.choices = choices

    def to_python(self, value: Any) -> str:
        """Return the option that this policy belongs to."""
        read = str(super().to_python(value))
        return self.aliases.get(read, read)

    def prepare_value(self, value: Any) -> Any:
        """Show the option that this policy belongs to as chosen."""
        return self.aliases.get(value, value)

    def meant(self, chosen: str, kind: Kind, policies: Mapping[str, Policy]) -> str:
        """Return the policy that is meant: the one chosen, or its insurer's for this kind; empty when there is none."""
        alike = [slug for slug in policies if self.aliases.get(slug) == chosen] or [chosen]
        return next((slug for slug in alike if slug in policies and kind in policies[slug].kinds), "")


class StartForm(Form):
    """The choice of insurer and kind. `policies` are those of today by slug, `valid_on` finds the version of a day.

    `contract_of` says in words that the register knows of a contract on a day."""

    policy = InsurerField(label="Bij welke verzekeraar is de patiënt verzekerd?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Wat wilt u aanvragen?", widget=forms.RadioSelect)
    previous = forms.ChoiceField(
        label="Van welke machtiging is dit het vervolg?",
        required=False,
        help_text="Wij vullen dan in wat we al weten. U controleert het.",
    )
    previous_number = LineField(
        label="Of typ het nummer van de machtiging of de aanvraag",
        max_length=40,
        required=False,
        widget=widgets.short(20),
        help_text="Bijvoorbeeld M26… of MA-…. Niet in dit portaal gegeven? Typ het nummer dan ook hier.",
    )
    planned_start_on = DateField(
        label="Wanneer begint de behandeling?", help_text="De machtiging moet er zijn voordat u begint."
    )
    contracted = YesNoField(label="Heeft u voor deze zorg een contract met deze verzekeraar?")
    contract_reason = Explanation(
        label="Waarom vraagt u toch een machtiging?",
        rows=3,
        help_text="Deze machtiging is voor zorgaanbieders zonder contract. "
        "Met een contract bepalen de afspraken daarin of u er een nodig heeft. U kunt wel verder.",
        error_messages={"required": "Leg uit waarom u een machtiging vraagt terwijl u een contract heeft."},
    )
    creation_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), STALE_PAGE)
    )

    def __init__(
        self,
        *args: Any,
        policies: dict[str, Policy],
        grants: Sequence[tuple[str, str]],
        valid_on: Any,
        contract_of: Callable[[PolicyVersion, Policy, date], str],
        **kwargs: Any,
    ) -> None:
        self.policies, self.valid_on, self.contract_of = policies, valid_on, contract_of
        super().__init__(*args, **kwargs)
        offered = {kind for policy in policies.values() for kind in policy.kinds}
        self.fields["kind"].choices = kinds.offers(offered)  # type: ignore[attr-defined]
        self.insurers.offer(policies)
        self.fields["previous"].choices = [("", "Kies een machtiging"), *grants]  # type: ignore[attr-defined]
        if not grants:
            del self.fields["previous"]
            self.fields["previous_number"].label = "Wat is het nummer van de eerdere machtiging?"
        earlier = [name for name in ("previous", "previous_number") if name in self.fields]
        self.helper.layout = Layout(
            Reveal("kind", Kind.MSR_FOLLOW_UP.value, "kind", *earlier),
            "policy",
            "planned_start_on",
            Reveal("contracted", "ja", "contracted", "contract_reason"),
            "creation_key",
        )
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.version: PolicyVersion | None = None

    def clean_planned_start_on(self) -> date:
        """Find the version of the policy that is valid on that day. Bron: R-01; feature 14."""
        day: date = self.cleaned_data["planned_start_on"]
        slug = self._slug(self.cleaned_data)
        if slug:
            self.version = self.valid_on(slug, day)
            if self.version is None:
                name = self.policies[slug].insurer.name
                raise ValidationError(f"Van {name} kennen wij geen beleid dat geldt op {words.day(day)}.")
        return day

    def clean(self) -> dict[str, Any]:
        """Ask what belongs to the choices made."""
        given = super().clean() or {}
        if not given.get("contracted"):
            # Asked only of who has a contract.
            self.errors.pop("contract_reason", None)
        policy, kind = self.policies.get(given.get("policy", "")), given.get("kind")
        if policy and kind and not self._slug(given):
            words = f"{policy.insurer.name}: wij kennen geen beleid voor {Kind(kind).label}. Kies een ander antwoord."
            self.add_error("policy", words)
        if self.version and given.get("contracted") is False:
            self._hold_against_register(self.version, given["planned_start_on"])
        earlier = given.get("previous") or given.get("previous_number")
        if given.get("kind") == Kind.MSR_FOLLOW_UP and not earlier and "previous_number" not in self.errors:
            self.add_error("previous_number", "Kies de eerdere machtiging, of typ het nummer.")
        return given

    @property
    def insurers(self) -> InsurerField:
        """The field with an option per insurer."""
        field = self.fields["policy"]
        assert isinstance(field, InsurerField)  # noqa: S101
        return field

    def _slug(self, given: Mapping[str, Any]) -> str:
        chosen, kind = given.get("policy", ""), given.get("kind")
        return self.insurers.meant(chosen, Kind(kind), self.policies) if chosen and kind else ""

    def _hold_against_register(self, version: PolicyVersion, day: date) -> None:
        """Say that the register knows of a contract, where somebody answered that there is none. Bron: A-08; Z-01."""
        if said := self.contract_of(version, self.policies[version.slug], day):
            self.add_error(
                "contracted", f"{said} Kies ja, en leg uit waarom u toch een machtiging vraagt. {UNLESS_WRONG}"
            )
