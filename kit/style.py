"""The page for developers that shows every part once; tests look at it with axe. Not there in production."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Fieldset, Layout, Row, Submit
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from kit import fields, widgets
from kit.forms import Form
from kit.icons import ICONS
from kit.rows import quiet, rows

MOMENT = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("Europe/Amsterdam"))
WRONG = {"start_0": "31", "start_1": "nov", "start_2": "2026", "hours": "twaalf", "big": "0904512376"}


class Treatment(Form):
    """One row of the example."""

    discipline = forms.ChoiceField(
        label="Discipline", choices=[("", "Kies een discipline"), ("fysio", "Fysiotherapeut"), ("psych", "Psycholoog")]
    )
    number = fields.WholeNumberField(label="Aantal behandelingen", min_value=1, max_value=500)
    result = fields.LineField(label="Resultaat", required=False)


class Hours(Form):
    """One tight row of the example."""

    discipline = forms.ChoiceField(label="Discipline", choices=[("arts", "Revalidatiearts"), ("ergo", "Ergotherapeut")])
    hours = fields.DecimalField(label="Uren", min_value=0, max_value=500)


Treatments = rows(Treatment, noun="behandeling", shortest=1, longest=4)
HoursRows = rows(Hours, noun="discipline", longest=12)


class Example(Form):
    """One field of every kind."""

    setting = forms.ChoiceField(
        label="Waar vindt de behandeling plaats?",
        widget=forms.RadioSelect,
        choices=[("poli", "Poliklinisch"), ("klinisch", "Klinisch, met opname")],
    )
    code = forms.ChoiceField(
        label="Prestatiecode",
        help_text="Voor een intake heeft u meestal geen machtiging nodig.",
        choices=[("", "Kies een code"), ("1", "14E489"), ("2", "14E490")],
        error_messages={"required": "Kies een prestatiecode."},
    )
    start = fields.DateField(label="Wanneer begint de behandeling?", help_text="Bijvoorbeeld 1 12 2026.")
    hours = fields.DecimalField(label="Uren", help_text="Gebruik een komma voor delen van een uur.")
    days = fields.WholeNumberField(label="Dagen", required=False)
    areas = forms.MultipleChoiceField(
        label="Op welke gebieden heeft de patiënt problemen?",
        help_text="Kies alles wat van toepassing is.",
        widget=forms.CheckboxSelectMultiple,
        choices=[("m", "Bewegen en zelfverzorging"), ("p", "Psychisch welzijn"), ("w", "Werk of opleiding")],
    )
    why = fields.LinesField(label="Waarom is zorg in de eerste lijn niet genoeg?", max_length=2000)
    big = fields.DigitsField(label="BIG-nummer", length=11, name="Een BIG-nummer", help_text="11 cijfers. Spaties mag.")
    email = forms.EmailField(label="E-mailadres", required=False, widget=forms.EmailInput({"autocomplete": "email"}))
    password = forms.CharField(
        label="Wachtwoord", required=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )
    letter = forms.FileField(label="Verwijsbrief", required=False, help_text="Pdf, jpg of png. Maximaal 25 MB.")
    note = fields.LinesField(label="Opmerking", required=False, max_length=200, rows=2)
    agreed = forms.BooleanField(label="De patiënt weet van deze aanvraag en gaat akkoord.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].widget = widgets.number()
        self.helper.layout = Layout(
            Fieldset("Behandeling", "setting", "code", "start", Row("hours", "days")),
            Fieldset("Onderbouwing", "areas", "why", "big", "email", "password", "letter", "note", "agreed"),
        )
        self.helper.form_tag = False


SENT = Submit("verder", "Bewaar en ga door"), Submit("later", "Bewaar en ga later verder", css_class="secondary")
STEPS = [
    {"state": "done", "title": "Patiënt en verwijzing", "url": "#", "note": "Klaar"},
    {"state": "error", "title": "Voortraject", "url": "#", "note": "2 punten"},
    {"state": "current", "title": "Behandelplan en uren"},
    {"state": "todo", "title": "Controleren en indienen"},
]
EVENTS = [
    {"state": "done", "title": "Aanvraag ingediend", "at": MOMENT, "by": "S. Verhoeven"},
    {"state": "current", "title": "Informatie nodig van u", "note": "De beslistermijn rust.", "sign": "pause"},
    {"state": "todo", "title": "Besluit", "note": "6 werkdagen na uw antwoord"},
]
FACTS = [("Wie is aan zet", "U, de zorgaanbieder"), ("Ingediend", "16 november 2026"), ("Behandelaar", "")]


def style(request: HttpRequest) -> HttpResponse:
    """Show every part; `?fouten` shows the form with errors, `?beoordelaar` the compact density."""
    form = Example(request.POST or (WRONG if "fouten" in request.GET else None))
    treatments = Treatments(request.POST or None, prefix="behandelingen")
    hours = HoursRows(request.POST or None, prefix="uren", initial=[{"discipline": "arts", "hours": 4}])
    if treatments.pressed or hours.pressed:
        quiet(form)
        treatments.pressed = True
    elif request.method == "GET":
        messages.success(request, "Uw concept is bewaard.")
    context = {
        "form": form, "rows": treatments, "hours": hours, "inputs": SENT, "icons": sorted(ICONS), "steps": STEPS,
        "events": EVENTS, "facts": FACTS, "saved_at": MOMENT, "page": Paginator(range(300), 10).page(6),
        "frame": "layouts/advisor.html" if "beoordelaar" in request.GET else "layouts/provider.html",
    }  # fmt: skip
    return render(request, "kit/style.html", context)


urlpatterns = [path("", style, name="style")]
