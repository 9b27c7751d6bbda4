"""The forms of a change of a machtiging: the short form of the provider, and the decision on it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, BinaryIO, cast

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms

from authorizations.domain.grant_change import NOT_OF_STAY, Asked, ChangeKind, Intent
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.review_grant import Grant
from authorizations.domain.terms import Discipline, Outcome, Setting
from authorizations.services.grant_changes import Paper
from authorizations.web.forms.heroverweging import FilesField
from kit.fields import ControlNumberField, DateField, DecimalField, LineField, LinesField, WholeNumberField
from kit.forms import Form

HOURS = "hours_"
LONG = 4000


class _WithHours(Form):
    """A form with a field of hours per discipline of the machtiging."""

    def __init__(self, *args: Any, held: Mapping[Discipline, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = held
        for discipline in held:
            self.fields[HOURS + discipline.value] = DecimalField(
                label=discipline.label, required=False, min_value=Decimal(0), max_digits=6
            )
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def hours(self) -> dict[Discipline, Decimal]:
        """The hours that were filled in."""
        return {one: hours for one in self.held if (hours := self.cleaned_data.get(HOURS + one.value)) is not None}

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Put each obstacle at its field; one about the hours at the first of them."""
        first = HOURS + next(iter(self.held)).value if self.held else ""
        for obstacle in obstacles:
            field = first if obstacle.field == "hours" else obstacle.field
            self.add_error(field if field in self.fields else None, obstacle.message)


class AskChange(_WithHours):
    """What the provider wants; what the chosen kind doesn't use, is left out."""

    kind = forms.TypedChoiceField(
        label="Wat wilt u wijzigen?", choices=ChangeKind.choices(), coerce=ChangeKind, widget=forms.RadioSelect
    )
    from_on = DateField(
        label="Vanaf wanneer?", required=False,
        help_text="Bij een andere vorm of instelling: de eerste dag. Bij stoppen: de laatste dag van de behandeling.",
    )  # fmt: skip
    until_on = DateField(
        label="Tot en met wanneer?", required=False, help_text="Alleen als de machtiging langer duurt."
    )
    setting = forms.TypedChoiceField(
        label="Andere vorm van behandeling", required=False, coerce=Setting, empty_value=None,
        choices=[("", "Kies een vorm"), *Setting.choices()],
    )  # fmt: skip
    institution_name = LineField(label="Naam van de andere instelling", required=False, max_length=120)
    institution_agb = LineField(label="AGB-code van die instelling", required=False, max_length=8)
    why = LinesField(
        label="Waarom is dit nodig?",
        max_length=LONG,
        rows=6,
        error_messages={"required": "Schrijf waarom dit nodig is."},
    )
    papers = FilesField(label="Stukken", required=False)

    def __init__(self, *args: Any, megabytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["papers"].help_text = f"Pdf, jpg of png. Maximaal {megabytes} MB per bestand."
        of_hours: list[Any] = [
            Div("setting", css_class="mp-when mp-when--setting"),
            Fieldset(
                "Uren in totaal, per discipline",
                *(HOURS + one.value for one in self.held),
                css_class="mp-when mp-when--hours",
            ),
        ]
        if not self.held:
            # A stay is granted in days, in one setting.
            self.fields["kind"].choices = [  # type: ignore[attr-defined]
                (one.value, one.label) for one in ChangeKind if one not in NOT_OF_STAY
            ]
            of_hours = []
        self.helper.layout = Layout(
            "kind",
            # What only one kind asks for; where :has is unknown all of it stays in sight.
            Div("from_on", css_class="mp-when mp-when--day"),
            Div("until_on", css_class="mp-when mp-when--longer"),
            *of_hours,
            Div("institution_name", "institution_agb", css_class="mp-when mp-when--institution"),
            "why",
            "papers",
        )

    @property
    def asked(self) -> Asked:
        """What was asked."""
        data, kind = self.cleaned_data, self.cleaned_data["kind"]
        has_day = kind in (ChangeKind.SETTING, ChangeKind.INSTITUTION, ChangeKind.STOPPED)
        elsewhere = kind is ChangeKind.INSTITUTION
        return Asked(
            kind=kind,
            why=data["why"],
            from_on=data["from_on"] if has_day else None,
            until_on=data["until_on"] if kind is ChangeKind.LONGER else None,
            setting=data["setting"] if kind is ChangeKind.SETTING else None,
            hours=self.hours if kind is ChangeKind.MORE_HOURS else {},
            institution_name=data["institution_name"] if elsewhere else "",
            institution_agb=data["institution_agb"] if elsewhere else "",
        )

    @property
    def chosen(self) -> list[Paper]:
        """The files that were chosen."""
        return [Paper(cast(BinaryIO, one), one.name or "", one.size) for one in self.cleaned_data["papers"]]


class DecideChange(_WithHours):
    """The decision; nothing is required here but the outcome, for the rule names all that is missing."""

    outcome = forms.TypedChoiceField(
        label="Wat besluit u?", coerce=Outcome, widget=forms.RadioSelect,
        choices=[("granted", "Toekennen"), ("partly_granted", "Gedeeltelijk toekennen"), ("denied", "Afwijzen")],
    )  # fmt: skip
    setting = forms.TypedChoiceField(
        label="Vorm van behandeling", required=False, coerce=Setting, empty_value=None, choices=Setting.choices()
    )
    starts_on = DateField(label="Geldig vanaf", required=False)
    ends_on = DateField(label="Geldig tot en met", required=False)
    days_of_stay = WholeNumberField(label="Dagen verblijf", required=False, max_digits=4)
    summary = LinesField(label="Motivering van het besluit", required=False, max_length=LONG, rows=5)
    not_granted = LinesField(label="Wat kent u niet toe, en waarom?", required=False, max_length=LONG, rows=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hours = Fieldset("Uren in totaal, per discipline", *(HOURS + one.value for one in self.held))
        if self.held:
            del self.fields["days_of_stay"]
        self.helper.layout = Layout(
            Div(
                Div("starts_on", "ends_on", css_class="mp-fieldrow"),
                "setting",
                hours if self.held else "days_of_stay",
                css_class="mp-granting",
            ),
            "summary",
            Div("not_granted", css_class="mp-refusing"),
        )

    @staticmethod
    def initial_of(grant: Grant) -> dict[str, Any]:
        """Return what the page begins with: what was asked."""
        return {
            "setting": grant.setting and grant.setting.value,
            "starts_on": grant.starts_on,
            "ends_on": grant.ends_on,
            "days_of_stay": grant.days_of_stay,
            **{HOURS + discipline.value: hours for discipline, hours in grant.hours.items()},
        }

    def intent(self, held: Grant) -> Intent:
        """Return the decision as it was filled in; what can't be changed stays as it is held."""
        data, outcome = self.cleaned_data, self.cleaned_data["outcome"]
        grant = None
        if outcome is not Outcome.DENIED:
            grant = replace(
                held,
                setting=data["setting"],
                starts_on=data["starts_on"],
                ends_on=data["ends_on"],
                hours=self.hours,
                days_of_stay=data.get("days_of_stay"),
            )
        return Intent(outcome, data["summary"], "" if outcome is Outcome.GRANTED else data["not_granted"], grant)


class JudgeProposal(Form):
    """What a second medisch adviseur does with the proposal that lies there."""

    proposal = ControlNumberField()
    because = LinesField(label="Waarom?", help_text="Alleen voor collega’s.", required=False, rows=3)
    oordeel = forms.ChoiceField(
        label="Wat vindt u zelf?",
        required=False,
        widget=forms.RadioSelect,
        choices=[(Outcome.GRANTED.value, "Toekennen, of een deel"), (Outcome.DENIED.value, "Afwijzen")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
