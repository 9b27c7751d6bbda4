"""The forms of paper and telephone: what came by post, and who phones."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms

from authorizations.domain import identifiers, kinds
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.paper import AskedBy
from authorizations.domain.policy import Policy
from authorizations.domain.terms import Kind
from authorizations.web.forms.heroverweging import ACCEPT
from authorizations.web.forms.intake.base import YesNoField
from authorizations.web.forms.intake.layout import Section
from authorizations.web.forms.intake.start import STALE_PAGE
from authorizations.web.forms.subtrajects import read
from kit import widgets
from kit.fields import DateField, LineField
from kit.forms import Form

ADDRESS = ("provider_name", "street", "postcode", "city")


class Came(Form):
    """
    A paper request: when it came in, who asks, for which zorgaanbieder, and the scan.

    Name and address are asked only of a zorgaanbieder that the portal doesn't know (`known` says).
    """

    received_on = DateField(label="Op welke dag kwam de aanvraag binnen?", help_text="Vanaf die dag telt de termijn.")
    asked_by = forms.ChoiceField(label="Wie vraagt aan?", choices=AskedBy.choices(), widget=forms.RadioSelect)
    policy = forms.ChoiceField(label="Onder welk beleid valt de aanvraag?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(label="Wat wordt er gevraagd?", widget=forms.RadioSelect)
    planned_start_on = DateField(label="Wanneer begint de behandeling, volgens de aanvraag?")
    contracted = YesNoField(label="Heeft de zorgaanbieder voor deze zorg een contract met u?")
    provider_agb = LineField(
        label="AGB-code van de zorgaanbieder", max_length=20, widget=widgets.digits(), help_text="8 cijfers."
    )
    provider_name = LineField(label="Naam van de zorgaanbieder", max_length=150, required=False)
    street = LineField(label="Straat en huisnummer", max_length=120, required=False)
    postcode = LineField(label="Postcode", max_length=12, required=False, widget=widgets.short(8))
    city = LineField(label="Plaats", max_length=80, required=False)
    scan = forms.FileField(
        label="Scan van de aanvraag",
        widget=forms.FileInput(ACCEPT),
        help_text="Pdf, jpg of png. De bijlagen voegt u in de volgende stappen toe.",
        error_messages={"required": "Voeg de scan van de aanvraag toe."},
    )
    creation_key = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), STALE_PAGE)
    )

    def __init__(self, *args: Any, policies: Mapping[str, Policy], known: Any, **kwargs: Any) -> None:
        self.policies, self.known = policies, known
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = [  # type: ignore[attr-defined]
            (slug, policy.care) for slug, policy in policies.items()
        ]
        offered = {kind for policy in policies.values() for kind in policy.kinds}
        self.fields["kind"].choices = kinds.offers(offered)  # type: ignore[attr-defined]
        for name in ADDRESS:
            self.fields[name].marked = False  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Section("Wat er binnenkwam", "received_on", "asked_by", "scan"),
            Section("Waarover het gaat", "policy", "kind", "planned_start_on", "contracted"),
            Section(
                "De zorgaanbieder",
                "provider_agb",
                *ADDRESS,
                hint="Kent het portaal deze AGB-code al? Dan hoeft u naam en adres niet in te vullen.",
            ),
            "creation_key",
        )

    def clean_provider_agb(self) -> str:
        """Return the code in eight digits."""
        return read(identifiers.agb, self.cleaned_data["provider_agb"])

    def clean_postcode(self) -> str:
        """Return the postcode as it is kept."""
        typed: str = self.cleaned_data["postcode"]
        return read(identifiers.postcode, typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """Ask where letters go when nobody knows this zorgaanbieder yet: they go by post."""
        given = super().clean() or {}
        policy, kind = self.policies.get(given.get("policy", "")), given.get("kind")
        if policy and kind and Kind(kind) not in policy.kinds:
            self.add_error("policy", f"{policy.care} past niet bij {Kind(kind).label}. Kies een ander antwoord.")
        agb = given.get("provider_agb")
        if agb and not self.known(agb):
            for name in ADDRESS:
                if not given.get(name) and name not in self.errors:
                    self.add_error(name, f"Het portaal kent deze AGB-code niet. Vul “{self.fields[name].label}” in.")
        return given

    @property
    def provider(self) -> Mapping[str, str]:
        """The zorgaanbieder, as it was typed."""
        given = self.cleaned_data
        named = {"agb_code": given["provider_agb"], "name": given["provider_name"]}
        return named | {name: given[name] for name in ("street", "postcode", "city")}

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Put each obstacle at its field."""
        for obstacle in obstacles:
            self.add_error(obstacle.field if obstacle.field in self.fields else None, obstacle.message)


class Phones(Form):
    """Two facts of whoever phones. Bron: A-01; R-24."""

    birth_date = DateField(label="Geboortedatum die de beller noemt", help_text="Bijvoorbeeld 2 4 1981.")
    reference = LineField(
        label="Kenmerk van de aanvraag", max_length=40, required=False, help_text="Bijvoorbeeld MA-…."
    )
    bsn = LineField(label="Of het BSN", max_length=40, required=False, widget=widgets.digits())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("reference", "bsn"):
            self.fields[name].marked = False  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean(self) -> dict[str, Any]:
        """Ask for one other fact beside the birth date."""
        given = super().clean() or {}
        if bool(given.get("reference")) == bool(given.get("bsn")) and not self.errors.keys() & {"reference", "bsn"}:
            self.add_error("reference", "Vul het kenmerk in of het BSN, een van de twee.")
        return given
