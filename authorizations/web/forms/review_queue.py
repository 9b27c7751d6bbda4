"""The forms around the queue: filter it, and put a request on somebody's desk."""

import re
from typing import Any

from crispy_forms.layout import Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import QueryDict

from authorizations.domain import identifiers
from authorizations.domain.lifecycle import OPEN, Status, Turn, advisor_words
from authorizations.domain.queue_columns import COLUMNS
from authorizations.domain.terms import Indication, Kind
from authorizations.queries.desk import Choices, Origins
from kit import widgets
from kit.fields import ControlNumberField, LineField, LinesField
from kit.forms import Form
from kit.text import storable

LONGEST = 120
FRONT = ("soort", "indicatie", "spoed")
SLUG = re.compile(r"[a-z0-9-]{1,60}", re.ASCII)


class Filter(Form):
    """What narrows the queue, kept in the URL; what is no choice at all counts as everything."""

    zoek = LineField(
        label="Zoek op nummer of achternaam",
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *Kind.choices()])
    indicatie = forms.ChoiceField(
        label="Indicatie", required=False, choices=[("", "Alle indicaties"), *Indication.choices()]
    )
    spoed = forms.ChoiceField(label="Spoed", required=False, choices=[("", "Alles"), ("ja", "Alleen spoed")])

    def __init__(self, data: QueryDict, *, medical: bool) -> None:
        # Nothing that someone types in a search box is wrong; what can't be read is passed over.
        data = data.copy()
        data["zoek"] = storable(data.get("zoek", ""))[:LONGEST]
        super().__init__(data)
        if not medical:
            del self.fields["indicatie"]
        grow = Field("zoek", wrapper_class="mp-filterbar__grow")
        self.helper.layout = Layout(grow, *(name for name in FRONT if name in self.fields))
        self.helper.form_tag, self.helper.disable_csrf = False, True

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen; a value that isn't in the list is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def holds_bsn(self) -> bool:
        """Whether somebody typed a BSN in the search box; that isn't looked up, for it would stand in the address."""
        return identifiers.is_bsn(self.chosen.get("zoek", ""))


class QueueFilter(Filter):
    """The same for what is open, and what narrows it further; what comes from elsewhere is `origins`."""

    MORE = ("status", "termijn", "aanzet", "aanbieder", "beleid")

    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Elke status"), *((one.value, advisor_words(one)) for one in Status if one in OPEN)],
    )
    termijn = forms.ChoiceField(
        label="Termijn",
        required=False,
        choices=[
            ("", "Elke termijn"),
            ("telaat", "Te laat"),
            ("vandaag", "Vandaag"),
            ("gauw", "Binnen 3 werkdagen"),
            ("rust", "Termijn rust"),
            ("oppakken", "Te laat om op te pakken"),
        ],
    )
    aanzet = forms.ChoiceField(
        label="Wie is aan zet",
        required=False,
        choices=[
            ("", "Maakt niet uit"),
            (Turn.INSURER.value, "Wij zijn aan zet"),
            (Turn.PROVIDER.value, "Aanbieder is aan zet"),
        ],
    )
    aanbieder = forms.ChoiceField(label="Aanbieder", required=False, widget=widgets.LongSelect)
    beleid = forms.ChoiceField(label="Beleid", required=False)

    def __init__(self, data: QueryDict, *, medical: bool, origins: Origins) -> None:
        super().__init__(data, medical=medical)
        provider = data.get("aanbieder", "")
        # An address that somebody kept still means the same when this provider has nothing open any more.
        is_number = provider.isascii() and provider.isdecimal() and len(provider) < 19
        self._choose("aanbieder", "Elke aanbieder", origins.providers, provider if is_number else "")
        policy = data.get("beleid", "")
        self._choose("beleid", "Elk beleid", origins.policies, policy if SLUG.fullmatch(policy) else "")

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Return what narrows the list now: the field and the words of what was chosen there."""
        fields: dict[str, Any] = {name: self.fields[name] for name in self.chosen if name != "zoek"}
        return [(name, dict(field.choices)[self.chosen[name]]) for name, field in fields.items()]

    @property
    def more(self) -> list[BoundField]:
        """Return the fields that stand behind "Meer filters"."""
        return [self[name] for name in self.MORE]

    def _choose(self, name: str, everything: str, there: Choices, chosen: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        gone = [(chosen, f"{field.label} zonder open aanvragen")] if chosen and chosen not in dict(there) else []
        field.choices = [("", everything), *there, *gone]


class ViewName(Form):
    """The name under which somebody keeps what was chosen, or another name for what was kept."""

    naam = LineField(
        label="Naam van de weergave",
        max_length=40,
        help_text="Bijvoorbeeld: Spoed van deze week. Noem geen verzekerde en niets medisch.",
    )
    weergave = ControlNumberField()


class Columns(Form):
    """Which columns somebody wants to see."""

    kolommen = forms.MultipleChoiceField(
        label="Welke kolommen wilt u zien?",
        help_text="Het kenmerk staat er altijd. Alleen u ziet uw keuze.",
        required=False,
        choices=list(COLUMNS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.add_input(Submit("bewaar", "Bewaar"))


class FindInsured(Form):
    """Whose requests are looked for; sent by post, so that the number stands in no address."""

    bsn = LineField(label="BSN van de verzekerde", max_length=40, widget=widgets.digits(11), help_text="9 cijfers.")

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.fields["bsn"].widget.attrs["autocomplete"] = "off"
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.add_input(Submit("zoek", "Zoek"))

    def clean_bsn(self) -> str:
        """Refuse what is nobody's number: finding nothing would say that there is no request."""
        try:
            return identifiers.bsn(self.cleaned_data["bsn"])
        except ValueError as refusal:
            raise ValidationError(str(refusal)) from None


class Assign(Form):
    """Put a request on somebody's desk, with a reason."""

    adviseur = forms.ChoiceField(label="Medisch adviseur")
    reden = LinesField(
        label="Waarom wijst u deze aanvraag toe?",
        help_text="Alleen voor collega’s. De zorgaanbieder ziet dit niet.",
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, advisors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["adviseur"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", "Kies een medisch adviseur"), *advisors]
        self.helper.add_input(Submit("toewijzen", "Wijs toe"))
