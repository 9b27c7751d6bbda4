"""What somebody looks for in the codes, kept in the address: what is no choice counts as everything."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ggz_codes.domain.release_terms import RowKind
from kit import fields, text, widgets
from kit.forms import Form

LONGEST = 100
MOST_MINUTES = 60_000
WEIGHING = lazy(format_html, SafeString)(
    'Weet u alleen de activiteiten? Gebruik de controle <a class="nl-link" href="{}">Gewogen behandeluren</a>.',
    reverse_lazy("authorizations:check", args=["weging"]),
)


class Search(Form):
    """A code or words, a kind and a day."""

    q = fields.LineField(label="Code of woorden", required=False, max_length=LONGEST)
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *RowKind.choices()])
    dag = fields.DateField(label="Op welke dag?", required=False, help_text="Leeg: vandaag.")
    geldig = forms.BooleanField(label="Alleen wat op die dag geldig is", required=False)

    def __init__(self, data: QueryDict, *, today: date) -> None:
        data = data.copy()
        if data.get("soort") not in {one.value for one in RowKind}:
            data["soort"] = ""
        data["q"] = text.storable(data.get("q", "")).strip()[:LONGEST]
        super().__init__(data)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.is_valid()
        self.typed = str(data["q"])
        self.kind = str(data["soort"])
        self.day: date = self.cleaned_data.get("dag") or today
        self.only_valid: bool = bool(self.cleaned_data.get("geldig"))


class OnDay(Form):
    """On which day a code is looked at."""

    dag = fields.DateField(label="Op welke dag?", required=False, help_text="Leeg: vandaag.")

    def __init__(self, data: QueryDict, *, today: date) -> None:
        super().__init__(data)
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.is_valid()
        self.day: date = self.cleaned_data.get("dag") or today


class Treatment(Form):
    """What the tree of revalidatie asks of a subtraject."""

    geopend = fields.DateField(label="Wanneer is het subtraject geopend?")
    zorgtype = forms.ChoiceField(
        label="Zorgtype",
        widget=forms.RadioSelect,
        choices=[("11", "11, regulier"), ("21", "21, vervolg")],
        initial="11",
    )
    diagnose = fields.DigitsField(
        label="Typerende diagnose", length=4, name="Een typerende diagnose", widget=widgets.digits(8),
        help_text="4 cijfers, bijvoorbeeld 0711.",
    )  # fmt: skip
    minuten = fields.WholeNumberField(
        label="Hoeveel gewogen minuten behandeling zijn er?", min_value=0, max_value=MOST_MINUTES,
        help_text=WEIGHING, widget=widgets.number(8),
    )  # fmt: skip
    dagen = fields.WholeNumberField(
        label="Hoeveel verpleegdagen zijn er?", min_value=0, max_value=366, required=False, widget=widgets.number(),
        help_text="Leeg: geen.",
    )  # fmt: skip

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data)
        self.helper.form_tag, self.helper.disable_csrf = False, True
