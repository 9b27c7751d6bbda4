"""The forms of a decision, and of what the second medisch adviseur does with a proposal."""

from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms

from authorizations.domain import identifiers, kinds
from authorizations.domain import review as rules
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import Discipline, Outcome, Setting
from authorizations.services.decisions import Choice
from kit.fields import (
    ControlField,
    ControlNumberField,
    DateField,
    DecimalField,
    LineField,
    LinesField,
    TextField,
    WholeNumberField,
)
from kit.forms import Form, demand

LONG = 4000
HOURS = "hours_"
GRANTING = ("declaratie_code", "zorgproduct_code", "zorgtype", "days_of_stay", "setting", "starts_on", "ends_on")
CODES = {
    "declaratie_code": identifiers.declaratiecode,
    "zorgproduct_code": identifiers.zorgproduct,
    "zorgtype": identifiers.zorgtype,
}


def granting(form: "Decide", **attributes: str) -> Fieldset:
    """Return the part of a form that says what is granted: hours per discipline, or days of stay."""
    codes = ("declaratie_code", "zorgtype", "zorgproduct_code", "setting", "days_of_stay")
    return Fieldset(
        "Wat u toekent",
        Div(*(name for name in codes if name in form.fields), css_class="mp-fieldrow"),
        "codes_checked",
        Div("starts_on", "ends_on", css_class="mp-fieldrow"),
        "early_start_reason",
        "long_period_reason",
        HTML("{% include 'authorizations/review/_hours.html' %}"),
        **attributes,
    )


class Decide(Form):
    """
    A decision. Nothing is required here: the rule names all that is missing, at once, and the page shows it.

    Every outcome has its fields on the page; what an outcome doesn't use is left out of `choice`.
    """

    outcome = forms.TypedChoiceField(
        label="Besluit", choices=[(Outcome.GRANTED.value, "Toekennen"),
                                  (Outcome.PARTLY_GRANTED.value, "Gedeeltelijk toekennen"),
                                  (Outcome.DENIED.value, "Afwijzen")],
        coerce=Outcome, widget=forms.RadioSelect,
    )  # fmt: skip
    declaratie_code = LineField(label="Declaratiecode", required=False, max_length=6)
    zorgproduct_code = LineField(label="Zorgproductcode (niet verplicht)", required=False, max_length=9)
    zorgtype = LineField(label="Zorgtype", required=False, max_length=3)
    days_of_stay = WholeNumberField(label="Dagen verblijf", required=False, max_digits=4)
    setting = forms.TypedChoiceField(
        label="Vorm van behandeling", required=False, coerce=Setting, empty_value=None,
        choices=[("", "Kies een vorm"), *Setting.choices()],
    )  # fmt: skip
    starts_on = DateField(label="Geldig vanaf", required=False)
    ends_on = DateField(label="Geldig tot en met", required=False)
    early_start_reason = LinesField(
        label="Reden van een eerdere ingangsdatum",
        help_text="Alleen als de machtiging ingaat vóór vandaag. De brief noemt deze reden.",
        required=False, max_length=LONG, rows=2,
    )  # fmt: skip
    long_period_reason = LinesField(
        label="Reden van een langere periode",
        help_text="Alleen als de machtiging langer geldt dan gevraagd, of langer dan 120 dagen. "
        "De brief noemt deze reden.",
        required=False, max_length=LONG, rows=2,
    )  # fmt: skip
    summary = LinesField(label="Motivering van het besluit", help_text="Staat bovenaan in de brief.", required=False,
                         max_length=LONG, rows=6)  # fmt: skip
    conditions = LinesField(
        label="Voorwaarden (niet verplicht)", help_text="Eén per regel.", required=False, max_length=LONG, rows=3
    )
    not_granted = LinesField(label="Wat kent u niet toe, en waarom?", required=False, max_length=LONG, rows=4)
    indication_weighed = LinesField(label="Hoe heeft u de indicatie gewogen?", required=False, max_length=LONG, rows=4)
    next_step = LinesField(label="Wat kan de zorgaanbieder nu doen?", required=False, max_length=LONG, rows=3)
    codes_checked = forms.BooleanField(
        label="De codes kloppen, ook als onze lijst ze op de eerste dag niet kent", required=False
    )
    second_wanted = forms.BooleanField(label="Laat een tweede medisch adviseur dit bevestigen", required=False)
    seen = ControlField()

    def __init__(self, *args: Any, asked: dict[Discipline, Decimal], kind: kinds.Row, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for name in ("zorgtype", "days_of_stay") if kind.in_hours else ("zorgproduct_code",):
            del self.fields[name]
        if not kind.in_hours:
            self.fields["declaratie_code"].label = "Prestatie"
            self.fields["long_period_reason"].help_text = "Alleen als de machtiging langer geldt dan gevraagd."
        weighed = f"Hoe heeft u de indicatie van de {kind.practitioner} gewogen?"
        self.fields["indication_weighed"].label = weighed
        for discipline in asked:
            self.fields[HOURS + discipline.value] = DecimalField(
                label=discipline.label, required=False, min_value=Decimal(0), max_digits=6
            )
        self.helper.form_tag = False
        self.helper.layout = Layout(
            granting(self, css_class="mp-granting"),
            Fieldset(
                "Wat er in de brief staat",
                "summary",
                Div("not_granted", "indication_weighed", css_class="mp-refusing"),
                Div("next_step", css_class="mp-denying"),
                Div("conditions", css_class="mp-granting"),
                Div(Field("second_wanted"), css_class="mp-in-part"),
            ),
            "seen",
        )

    @classmethod
    def initial_of(cls, choice: Choice, seen: str) -> dict[str, Any]:
        """Return what the page begins with."""
        grant = choice.grant
        initial: dict[str, Any] = {
            "outcome": choice.outcome.value,
            "summary": choice.summary,
            "not_granted": choice.not_granted,
            "conditions": choice.conditions,
            "next_step": choice.next_step,
            "indication_weighed": choice.indication_weighed,
            "early_start_reason": choice.early_start_reason,
            "long_period_reason": choice.long_period_reason,
            "seen": seen,
        }
        if grant:
            initial |= {
                "declaratie_code": grant.declaratie_code,
                "zorgproduct_code": grant.zorgproduct_code,
                "zorgtype": grant.zorgtype,
                "days_of_stay": grant.days_of_stay,
                "setting": grant.setting and grant.setting.value,
                "starts_on": grant.starts_on,
                "ends_on": grant.ends_on,
                **{HOURS + discipline.value: hours for discipline, hours in grant.hours.items()},
            }
        return initial

    def clean(self) -> dict[str, Any]:
        """Refuse a code of the wrong form here already: the letter can be looked at before anything is decided."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, read in CODES.items():
            if data.get(name) and data.get("outcome") is not Outcome.DENIED:
                try:
                    data[name] = read(data[name])
                except ValueError as error:
                    self.add_error(name, str(error))
        return data

    @property
    def hour_rows(self) -> list[tuple[str, Decimal, Any]]:
        """The disciplines with the hours asked and the field for the hours granted."""
        return [(discipline.label, hours, self[HOURS + discipline.value]) for discipline, hours in self.asked.items()]

    @property
    def choice(self) -> Choice:
        """The decision as it was filled in."""
        return self._choice(self.cleaned_data)

    @property
    def rough_choice(self) -> Choice | None:
        """The decision as far as it can be read, when something in it is wrong; None without an outcome."""
        outcome = self.cleaned_data.get("outcome")
        return self.choice_as(outcome) if isinstance(outcome, Outcome) else None

    def choice_as(self, outcome: Outcome) -> Choice:
        """Return the decision as far as it can be read, as if this outcome was chosen."""
        typed = {name: self[name].value() or "" for name, field in self.fields.items() if isinstance(field, TextField)}
        return self._choice(dict.fromkeys(self.fields) | typed | self.cleaned_data | {"outcome": outcome})

    def is_unsure(self, obstacle: Obstacle) -> bool:
        """Tell whether something that is wrong here already may be why this obstacle is there."""
        about = {
            "hours": {name for name in self.fields if name.startswith(HOURS)},
            "starts_on": {"starts_on", "ends_on"},
            "outcome": set(GRANTING) | {name for name in self.fields if name.startswith(HOURS)},
        }
        return bool(about.get(obstacle.field, {obstacle.field}) & set(self.errors))

    def _choice(self, data: dict[str, Any]) -> Choice:
        outcome: Outcome = data["outcome"]
        denied, granted = outcome is Outcome.DENIED, outcome is Outcome.GRANTED
        return Choice(
            outcome=outcome,
            summary=data["summary"],
            not_granted="" if granted else data["not_granted"],
            conditions="" if denied else data["conditions"],
            next_step=data["next_step"] if denied else "",
            indication_weighed="" if granted else data["indication_weighed"],
            early_start_reason="" if denied else data["early_start_reason"],
            long_period_reason="" if denied else data["long_period_reason"],
            grant=None if denied else self._grant(data),
            codes_checked=data["codes_checked"],
            second_wanted=outcome is Outcome.PARTLY_GRANTED and bool(data["second_wanted"]),
        )

    def _grant(self, data: dict[str, Any]) -> rules.Grant:
        starts_on: date | None = data["starts_on"]
        return rules.Grant(
            declaratie_code=data["declaratie_code"],
            zorgproduct_code=data.get("zorgproduct_code", ""),
            zorgtype=data.get("zorgtype", ""),
            days_of_stay=data.get("days_of_stay"),
            setting=data["setting"],
            starts_on=starts_on,
            ends_on=data["ends_on"],
            hours={discipline: data[HOURS + discipline.value] or Decimal() for discipline in self.asked},
        )


class Confirm(Form):
    """Confirm a proposal: which one, what the page showed, and why where the opinions differ."""

    proposal = ControlNumberField()
    seen = ControlField()
    because = LinesField(
        label="Waarom neemt u het voorstel over?",
        help_text="Alleen voor collega’s. De zorgaanbieder ziet dit niet.",
        required=False,
        max_length=2000,
        rows=4,
    )


class HandBack(Form):
    """Give a proposal of a colleague back, or take back one's own."""

    proposal = ControlNumberField()
    because = LinesField(
        label="Waarom geeft u het voorstel terug?", help_text="Alleen voor collega’s.", max_length=2000, rows=4
    )

    def __init__(self, *args: Any, is_own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            because = self.fields["because"]
            because.label = "Waarom neemt u uw voorstel terug?"
            because.error_messages["required"] = demand(because, because.label)
