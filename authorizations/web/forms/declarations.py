"""The forms of claims: one claim, and a file with many."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain import declaration_files as files
from authorizations.domain import declarations as rules
from authorizations.domain import words
from authorizations.domain.coulance import NUMBER_LENGTH
from authorizations.domain.declarations import COLUMNS, REGIMES, ClaimAnswer, Told
from authorizations.domain.obstacles import Obstacle
from authorizations.models import Declaration
from authorizations.web.forms.intake.layout import Section
from kit import widgets
from kit.fields import DateField, LineField
from kit.forms import Form


class One(Form):
    """One claim. What its fields say is read as the lines of a file are, so that the three doors ask the same."""

    insurer = forms.ChoiceField(label="Bij welke verzekeraar?", widget=forms.RadioSelect)
    regime = forms.ChoiceField(
        label="Volgens welke afspraak?",
        widget=forms.RadioSelect,
        choices=[(one.value, one.label) for one in REGIMES],
        help_text="Daaruit volgt hoelang u kunt indienen. Andere afspraken kennen wij niet.",
    )
    number = LineField(label="Declaratienummer of factuurnummer", max_length=NUMBER_LENGTH, widget=widgets.short(20))
    code = LineField(label="Declaratiecode", max_length=20, widget=widgets.short(11), help_text="Bijvoorbeeld 14E489.")
    resubmission = LineField(
        label="Code her-declaratie",
        max_length=10,
        required=False,
        widget=widgets.short(4),
        help_text="Alleen in de GGZ. 01 is een eerste declaratie, 02 en 03 komen na een afwijzing, 05 na een controle.",
    )
    opened_on = DateField(label="Wanneer begon de zorg?", required=False, help_text="De dag waarop de dbc is geopend.")
    closed_on = DateField(label="Wanneer is de zorg gesloten?", required=False, help_text="Nog open? Laat dit leeg.")
    performed_on = DateField(
        label="Wanneer was de verrichting?", required=False, help_text="Alleen bij een losse verrichting."
    )
    returned_on = DateField(
        label="Wanneer kreeg u de retourinformatie?", required=False, help_text="Alleen bij code 02 en 03."
    )
    zorgtrajectnummer = LineField(
        label="Zorgtrajectnummer",
        max_length=40,
        required=False,
        widget=widgets.short(20),
        help_text="Van een zorgtraject in dit portaal. Dan is geen BSN nodig.",
    )
    bsn = LineField(
        label="BSN",
        max_length=40,
        required=False,
        widget=widgets.digits(),
        help_text="Alleen zonder zorgtraject. Ermee tellen wij hoe vaak een code zonder machtiging is gedeclareerd.",
    )
    machtigingsnummer = LineField(label="Machtigingsnummer", max_length=40, required=False, widget=widgets.short(20))
    at_intake = forms.BooleanField(label="De behandeling was in het kader van een intake", required=False)
    handed_in_on = DateField(
        label="Wanneer heeft u haar ingediend?", required=False, help_text="Nog niet? Laat dit leeg."
    )
    answer = forms.ChoiceField(
        label="Wat antwoordde de verzekeraar?",
        required=False,
        widget=forms.RadioSelect,
        choices=[("", "Nog niets"), *ClaimAnswer.choices()],
    )
    return_code = LineField(
        label="Retourcode", max_length=10, required=False, widget=widgets.short(6), help_text="Bijvoorbeeld 0586."
    )
    answered_on = DateField(label="Wanneer kwam dat antwoord?", required=False)

    def __init__(self, *args: Any, insurers: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.told: Told | None = None
        self.fields["insurer"].choices = [(name, name) for name in insurers]  # type: ignore[attr-defined]
        for name in ("opened_on",):
            # Asked by the rule: "not required" would say something else.
            self.fields[name].marked = False  # type: ignore[attr-defined]
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Section(
                "De declaratie", "insurer", "regime", "number", Div("code", "resubmission", css_class="mp-fieldrow")
            ),
            Section("De dagen", "opened_on", "closed_on", "performed_on", "returned_on"),
            Section("De patiënt en de machtiging", "zorgtrajectnummer", "bsn", "machtigingsnummer", "at_intake"),
            Section("Indienen en antwoord", "handed_in_on", "answer", "return_code", "answered_on"),
        )

    @staticmethod
    def of(row: Declaration) -> dict[str, Any]:
        """Return what the form shows of a claim that is there."""
        told = {column.field: getattr(row, column.field, "") for column in COLUMNS.values()}
        number = row.zorgtraject.number if row.zorgtraject else ""
        return told | {"insurer": row.insurer.name, "zorgtrajectnummer": number}

    def clean(self) -> dict[str, Any]:
        """Read the claim; what a field refused itself is said once."""
        given = super().clean() or {}
        texts = {name: _written(value) for name, value in given.items()}
        self.told, wrong = rules.read(texts)
        self.refuse(one for one in wrong if one.field in given)
        return given

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Put each obstacle at its field; what the field said itself is enough."""
        for obstacle in obstacles:
            place = obstacle.field if obstacle.field in self.fields else None
            if place is None or place not in self.errors:
                self.add_error(place, obstacle.message)


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value.isoformat() if isinstance(value, date) else str(value or "")


class Brought(Form):
    """A file with many claims."""

    file = forms.FileField(
        label="Bestand met declaraties (csv)",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        help_text=f"Hoogstens 1 MB en {words.number(files.MOST_LINES)} declaraties. Tussen kolommen staat een "
        "puntkomma, en de eerste regel noemt de kolommen.",
    )
    what = forms.ChoiceField(
        label="Wat doen wij als er regels fout zijn?",
        widget=forms.RadioSelect,
        choices=[
            ("whole", "Niets vastleggen, en de fouten laten zien"),
            ("good", "De goede regels vastleggen, en de foute teruggeven als bestand"),
        ],
        initial="whole",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.claims: files.Claims | None = None
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_file(self) -> Any:
        """Read the claims, the wrong ones too."""
        file = self.cleaned_data["file"]
        if file.size > files.MOST_BYTES:
            raise ValidationError("Dit bestand is groter dan 1 MB. Maak er meer bestanden van.", code="too_big")
        try:
            self.claims = files.read_file(file.read())
        except files.Unreadable as unreadable:
            raise ValidationError(str(unreadable), code="unreadable") from unreadable
        return file
