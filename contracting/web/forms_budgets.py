"""The forms of the budgets of GGZ providers."""

import re
from dataclasses import fields
from typing import Any

from crispy_forms.layout import Fieldset, Layout
from django.core.exceptions import ValidationError

from contracting.services.budgets import Noted
from contracting.web.forms_register import Refusing, YearField
from kit import widgets
from kit.fields import ControlNumberField, DateField, DecimalField, DigitsField, LineField


class Note(Refusing):
    """What is known of a budget. Bron: G-15, G-16."""

    agb_code = DigitsField(
        label="AGB-code van de gebudgetteerde zorgaanbieder", length=8, name="Een AGB-code", help_text="8 cijfers."
    )
    name = LineField(
        label="Naam van de zorgaanbieder",
        max_length=150,
        required=False,
        help_text="Alleen nodig als het portaal deze AGB-code nog niet kent.",
    )
    year = YearField(label="Voor welk jaar?")
    region = LineField(label="Regio", max_length=80)
    amount = DecimalField(
        label="Budget in euro", required=False, min_value=0, max_digits=12, help_text="Zoals de NZa het vaststelde."
    )
    regioplan_on = DateField(label="Regioplan vastgesteld op", required=False)
    agreed_on = DateField(label="Tweezijdige budgetaanvraag ingediend op", required=False)
    tariff_number = LineField(label="Kenmerk", max_length=60, required=False, widget=widgets.short(20))
    tariff_from = DateField(label="Geldt vanaf", required=False)
    tariff_until = DateField(label="Geldt tot en met", required=False, help_text="Leeg: geen einddatum.")
    on_behalf = LineField(
        label="AGB-codes van wie namens deze zorgaanbieder declareert",
        max_length=400,
        required=False,
        help_text="Met een spatie of komma ertussen.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            *("agb_code", "name", "year", "region", "amount", "regioplan_on", "agreed_on"),
            Fieldset("Individuele tariefbeschikking", "tariff_number", "tariff_from", "tariff_until"),
            "on_behalf",
        )

    def clean_on_behalf(self) -> list[str]:
        """Return the codes, each of eight digits."""
        codes = re.split(r"[\s,;]+", self.cleaned_data["on_behalf"].strip())
        found = [code for code in codes if code]
        if wrong := [code for code in found if not re.fullmatch(r"[0-9]{8}", code)]:
            raise ValidationError(f"Een AGB-code heeft 8 cijfers. Dit klopt niet: {', '.join(wrong)}.", code="invalid")
        return found

    @property
    def noted(self) -> Noted:
        """What was filled in."""
        return Noted(**{field.name: self.cleaned_data[field.name] for field in fields(Noted)})


class Withdraw(Refusing):
    """Which budget was wrong, and why."""

    budget = ControlNumberField()
    because = LineField(label="Waarom?", max_length=300, required=False)


class Ask(Refusing):
    """May this provider declare binnen budget on that day?"""

    agb = DigitsField(label="AGB-code van de zorgaanbieder", length=8, name="Een AGB-code")
    day = DateField(label="Op welke dag begint de crisis-dbc?")
