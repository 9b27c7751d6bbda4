"""The forms of questions to the provider: a round of them, a reaction, more time, and taking them back."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms

from authorizations.domain.review import Criterion
from authorizations.domain.terms import DocumentKind
from kit.fields import DateField, LinesField
from kit.forms import Form
from kit.rows import rows

LONG = 2000


class Question(Form):
    """One question: all of it is needed, only the document isn't. Bron: R-20."""

    criterion = forms.ChoiceField(label="Bij welk criterium?")
    document_kind = forms.ChoiceField(
        label="Welk document lost dit op?",
        help_text="Alleen als een document het antwoord is.",
        required=False,
        choices=[("", "Geen document"), *DocumentKind.choices()],
    )
    what = LinesField(label="Wat ontbreekt er?", max_length=LONG, rows=2)
    why = LinesField(label="Waarom is dit nodig?", max_length=LONG, rows=2)
    leads_to_consent = LinesField(label="Welk antwoord leidt tot toestemming?", max_length=LONG, rows=2)
    due_on = DateField(label="Graag antwoord voor")

    def __init__(self, *args: Any, criteria: tuple[Criterion, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["criterion"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", "Kies een criterium"), *((one.code, one.title) for one in criteria if not one.locked)]
        self.helper.layout = Layout(*self.fields)


Questions = rows(Question, noun="vraag", longest=12)


class Reply(Form):
    """The reaction to a counter-question."""

    text = LinesField(label="Uw reactie", max_length=LONG, rows=4)


class Extend(Form):
    """More time for one question."""

    due_on = DateField(label="Nieuwe datum")


class Close(Form):
    """Take the questions back."""

    because = LinesField(
        label="Waarom trekt u de vragen in?", help_text="De zorgaanbieder leest dit.", max_length=1000, rows=3
    )
