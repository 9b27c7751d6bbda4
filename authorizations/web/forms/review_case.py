"""The forms on the page of one request: a verdict on a criterion, one on a document, and an internal note."""

from typing import Any

from django import forms

from authorizations.domain.obstacles import Obstacle
from authorizations.domain.terms import DocumentVerdict, Verdict
from authorizations.models import CriterionAssessment, DeskDraft
from authorizations.services import review
from kit import rows
from kit.fields import ControlNumberField, LinesField
from kit.forms import Form

LONG = 4000
REASONS = ("motivation", "missing_fact", "leads_to_consent")
NEEDED = "Nodig bij “niet voldaan” en “onvoldoende informatie”."


class Judge(Form):
    """The verdict on one criterion; `version` is what the advisor saw, so that nothing is overwritten unseen."""

    verdict = forms.TypedChoiceField(
        label="Oordeel", choices=Verdict.choices(), coerce=Verdict, empty_value=None, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    motivation = LinesField(
        label="Motivering voor de brief", help_text="Altijd nodig, kort mag.", required=False, max_length=LONG, rows=3
    )
    missing_fact = LinesField(label="Wat ontbreekt?", help_text=NEEDED, required=False, max_length=LONG, rows=2)
    leads_to_consent = LinesField(
        label="Wat leidt tot toestemming?",
        help_text=NEEDED,
        required=False,
        max_length=LONG,
        rows=2,
    )
    internal_note = LinesField(
        label="Notitie voor collega’s",
        help_text="De zorgaanbieder ziet dit niet. Het staat niet in de brief.",
        required=False,
        max_length=LONG,
        rows=2,
    )
    version = ControlNumberField(initial=0)

    @classmethod
    def showing(cls, code: str, assessment: CriterionAssessment | None, **kwargs: Any) -> "Judge":
        """Return the form with what was saved."""
        names = ("verdict", "motivation", "missing_fact", "leads_to_consent", "internal_note", "version")
        initial = {name: getattr(assessment, name) for name in names} if assessment else {}
        return cls(prefix=code, initial=initial, **kwargs)

    @classmethod
    def typed(cls, code: str, draft: DeskDraft) -> "Judge":
        """Return the form with what was typed and not saved yet, without complaints about it."""
        form: Judge = rows.quiet(cls(rows.as_posted(draft.data), prefix=code))
        return form

    @property
    def lacks(self) -> list[Obstacle]:
        """What the verdict lacks beside what is wrong with it: all is said at once."""
        typed = {name: self.cleaned_data.get(name, self[name].value() or "") for name in REASONS}
        verdict = self.cleaned_data.get("verdict")
        found = review.obstacles_to_assess(verdict, **typed) if "verdict" in self.cleaned_data else []
        return [obstacle for obstacle in found if obstacle.field not in self.errors]

    def refuse(self, obstacles: list[Obstacle]) -> None:
        """Put each obstacle at its field."""
        for obstacle in obstacles:
            self.add_error(obstacle.field or None, obstacle.message)


class JudgeDocument(Form):
    """Accept a document, or say what it lacks."""

    verdict = forms.TypedChoiceField(
        label="Oordeel over dit document", choices=DocumentVerdict.choices(), coerce=DocumentVerdict,
        widget=forms.RadioSelect,
    )  # fmt: skip
    note = LinesField(
        label="Wat ontbreekt er?",
        help_text="Nodig bij “onvolledig”. De zorgaanbieder leest dit.",
        required=False,
        max_length=1000,
        rows=2,
    )


class Note(Form):
    """An internal note."""

    text = LinesField(
        label="Notitie",
        help_text="De medisch adviseurs lezen dit. De zorgaanbieder ziet dit nooit.",
        max_length=LONG,
        rows=3,
    )
