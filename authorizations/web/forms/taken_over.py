"""The forms of a machtiging of another insurer: registering it, and removing one that was wrong."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, BinaryIO, cast

from crispy_forms.layout import Layout
from django import forms

from authorizations.domain import taken_over as rules
from authorizations.domain.kinds import SUBTRAJECT_CHOICES
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.taken_over import Told
from authorizations.services.taken_over import Evidence
from authorizations.web.forms.heroverweging import ACCEPT
from authorizations.web.forms.intake.layout import Section
from kit import widgets
from kit.fields import DateField, LineField, LinesField, NameField
from kit.forms import Form

TOLD = ("number", "from_insurer", "from_uzovi", "bsn", "birth_date", "starts_on", "ends_on", "declaratie_code")


class Register(Form):
    """
    What stands on the paper of the other insurer, and that paper.

    `policies` are the pairs to choose from; staff of the insurer name the zorgaanbieder as well. What isn't asked here
    as required, the rule asks: so that everything is said at once.
    """

    provider_agb = LineField(
        label="AGB-code van de zorgaanbieder", max_length=20, widget=widgets.digits(), help_text="8 cijfers."
    )
    policy = forms.ChoiceField(label="Bij welke verzekeraar is de patiënt nu verzekerd?", widget=forms.RadioSelect)
    from_insurer = LineField(label="Welke verzekeraar gaf de machtiging?", max_length=120, required=False)
    from_uzovi = LineField(
        label="UZOVI-nummer van die verzekeraar",
        max_length=10,
        required=False,
        widget=widgets.short(5),
        help_text="4 cijfers.",
    )
    number = LineField(
        label="Nummer van de machtiging",
        max_length=40,
        required=False,
        widget=widgets.short(20),
        help_text="Zoals het op de brief staat: hoogstens 15 letters en cijfers.",
    )
    starts_on = DateField(label="Vanaf welke dag geldt de machtiging?", required=False)
    ends_on = DateField(label="Tot en met welke dag?", required=False)
    indication = forms.ChoiceField(
        label="Waarvoor is de behandeling?", widget=forms.RadioSelect, choices=SUBTRAJECT_CHOICES
    )
    declaratie_code = LineField(
        label="Declaratiecode op de brief", max_length=20, required=False, widget=widgets.short(11)
    )
    bsn = LineField(
        label="BSN",
        max_length=40,
        required=False,
        widget=widgets.digits(),
        help_text="9 cijfers. Zet bij 8 er een 0 voor.",
    )
    birth_date = DateField(label="Geboortedatum", required=False, help_text="Bijvoorbeeld 2 4 1981.")
    initials = NameField(label="Voorletters", max_length=20, widget=widgets.short(11))
    surname = NameField(label="Achternaam", max_length=120)
    evidence = forms.FileField(
        label="De brief van die verzekeraar",
        widget=forms.FileInput(ACCEPT),
        help_text="Pdf, jpg of png. Moet u iets verbeteren? Kies het bestand dan opnieuw.",
        error_messages={"required": "Voeg de brief of de beslissing van die verzekeraar toe."},
    )

    def __init__(
        self, *args: Any, policies: Sequence[tuple[str, str]], staff: bool, today: date, **kwargs: Any
    ) -> None:
        self.today = today
        super().__init__(*args, **kwargs)
        self.fields["policy"].choices = policies  # type: ignore[attr-defined]
        if len(policies) == 1:
            self.fields["policy"].initial = policies[0][0]
        if staff:
            self.fields["policy"].label = "Onder welk beleid valt de zorg nu?"
        else:
            del self.fields["provider_agb"]
        for name in TOLD:
            # Asked by the rule: "not required" would say something else.
            self.fields[name].marked = name in ("from_uzovi", "declaratie_code")  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Section("Van wie en voor wie", *(["provider_agb"] if staff else []), "policy"),
            Section(
                "De machtiging",
                *("from_insurer", "from_uzovi", "number", "starts_on", "ends_on", "declaratie_code", "indication"),
            ),
            Section("De patiënt", "bsn", "birth_date", "initials", "surname"),
            Section("Het bewijs", "evidence"),
        )

    def clean(self) -> dict[str, Any]:
        """Say what the rule finds wrong together with what the fields found."""
        given = super().clean() or {}
        self.refuse(rules.obstacles(self.told, own_insurer="", today=self.today))
        return given

    @property
    def told(self) -> Told:
        """What was told, as the rule takes it; what a field refused is empty here."""
        given = self.cleaned_data
        return Told(
            number=given.get("number", ""),
            from_insurer=given.get("from_insurer", ""),
            from_uzovi=given.get("from_uzovi", ""),
            bsn=given.get("bsn", ""),
            birth_date=given.get("birth_date"),
            starts_on=given.get("starts_on"),
            ends_on=given.get("ends_on"),
            declaratie_code=given.get("declaratie_code", ""),
        )

    @property
    def proof(self) -> Evidence:
        """The file that was chosen."""
        file = self.cleaned_data["evidence"]
        return Evidence(cast(BinaryIO, file), file.name or "", file.size)

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Put each obstacle at its field; what the field said itself is enough."""
        for obstacle in obstacles:
            place = obstacle.field if obstacle.field in self.fields else None
            if place is None or place not in self.errors:
                self.add_error(place, obstacle.message)


class Remove(Form):
    """Why it goes."""

    reason = LinesField(
        label="Waarom verwijdert u deze machtiging?",
        max_length=500,
        rows=3,
        help_text="Schrijf geen naam op.",
        error_messages={"required": "Leg uit waarom u deze machtiging verwijdert."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
