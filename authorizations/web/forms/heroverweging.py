"""The forms of a heroverweging: to ask for it, to add to it, and to answer it."""

from collections.abc import Iterable, Mapping
from typing import Any, BinaryIO, cast

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from authorizations.domain.heroverweging import Channel, HeroverwegingOutcome, OverturnReason
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.review import Assessment, Criterion
from authorizations.services.decisions import Choice
from authorizations.services.heroverweging import FIELD_OF, Paper
from authorizations.services.heroverweging_answer import Answer
from authorizations.web.forms.review_case import Judge
from authorizations.web.forms.review_decide import Decide, granting
from kit.fields import ControlNumberField, DateField, LinesField
from kit.forms import Form

ACCEPT = {"accept": ".pdf,.jpg,.jpeg,.png"}
LONG = 6000
PREFIX = "c-"


class SeveralFiles(forms.FileInput):
    """An input for more than one file."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({**ACCEPT, "multiple": True})


class FilesField(forms.FileField):
    """Any number of files; what is in them is judged where they are kept."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files that were chosen; an empty one is refused where it is kept, by its name."""
        files = [file for file in data or [] if isinstance(file, UploadedFile)]
        if self.required and not files:
            raise ValidationError(self.error_messages["required"], code="required")
        return files


class _WithPapers(Form):
    """A form with a field of files per role."""

    def __init__(self, *args: Any, megabytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, FilesField):
                field.help_text = f"Pdf, jpg of png. Maximaal {megabytes} MB per bestand."
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def refuse(self, obstacles: Iterable[Obstacle]) -> None:
        """Put each obstacle at its field."""
        for obstacle in obstacles:
            self.add_error(obstacle.field if obstacle.field in self.fields else None, obstacle.message)

    @property
    def papers(self) -> list[Paper]:
        """The files that were chosen, with what they are for."""
        return [
            Paper(role, cast(BinaryIO, file), file.name or "", file.size)
            for role, name in FIELD_OF.items()
            for file in self.cleaned_data.get(name) or []
        ]


class AskForProvider(_WithPapers):
    """What a provider says on behalf of the insured. Bron: R-36."""

    grounds = LinesField(
        label="Waarom klopt het besluit niet?",
        help_text="Schrijf wat de medisch adviseur anders moet wegen. Een andere medisch adviseur leest dit.",
        max_length=LONG, rows=8, error_messages={"required": "Schrijf waarom het besluit niet klopt."},
    )  # fmt: skip
    authorisation = FilesField(
        label="Schriftelijke toestemming van de verzekerde",
        error_messages={"required": "Voeg de schriftelijke toestemming van de verzekerde toe."},
    )
    further = FilesField(label="Nieuwe stukken", required=False)


class AskForInsured(_WithPapers):
    """What staff write down of what the insured asks. Bron: R-36."""

    channel = forms.TypedChoiceField(
        label="Hoe vroeg de verzekerde dit?", widget=forms.RadioSelect, coerce=Channel,
        choices=[(one.value, one.label) for one in (Channel.PAPER, Channel.PHONE)],
    )  # fmt: skip
    received_on = DateField(label="Wanneer kwam het binnen?")
    grounds = LinesField(
        label="Waarom klopt het besluit niet, volgens de verzekerde?",
        help_text="Neem over wat de verzekerde schreef of zei.",
        max_length=LONG, rows=8, error_messages={"required": "Schrijf waarom het besluit niet klopt."},
    )  # fmt: skip
    letter = FilesField(label="Brief van de verzekerde: nodig als er een is", required=False)
    further = FilesField(label="Andere stukken", required=False)


class AddPapers(_WithPapers):
    """More documents for one that runs."""

    authorisation = FilesField(label="Nieuwe versie van de toestemming van de verzekerde", required=False)
    letter = FilesField(label="Brief van de verzekerde", required=False)
    further = FilesField(label="Andere stukken", required=False)

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["letter" if channel is Channel.PORTAL else "authorisation"]


class Rejudge(Judge):
    """The verdict on one criterion as the other advisor sees it; it begins with the first one."""

    internal_note = None  # type: ignore[assignment]
    version = None  # type: ignore[assignment]

    @property
    def assessment(self) -> Assessment | None:
        """The verdict as it was filled in; None without one."""
        data = self.cleaned_data
        if not data.get("verdict"):
            return None
        words = {name: data.get(name, "") for name in ("motivation", "missing_fact", "leads_to_consent")}
        return Assessment(str(self.prefix).removeprefix(PREFIX), data["verdict"], **words)


class Answering(Decide):
    """
    The answer: the decision stays, or is revised; then it has the fields of a decision too.

    Nothing is required here: the rules name all that is missing, at once.
    """

    outcome = forms.TypedChoiceField(
        label="Antwoord", choices=HeroverwegingOutcome.choices(), coerce=HeroverwegingOutcome, widget=forms.RadioSelect,
    )  # fmt: skip
    overturn_reason = forms.TypedChoiceField(
        label="Waarom blijft het eerste besluit niet?", help_text="Voor de cijfers. Het staat niet in de brief.",
        required=False, coerce=OverturnReason, empty_value=None,
        choices=[("", "Kies een reden"), *OverturnReason.choices()],
    )  # fmt: skip
    seen = ControlNumberField()
    next_step = None  # type: ignore[assignment]
    second_wanted = None  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].label = "Motivering van het antwoord"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div(
                "overturn_reason",
                granting(self),
                css_class="mp-granting",
            ),
            Fieldset(
                "Wat er in de brief staat",
                "summary",
                Div("not_granted", "indication_weighed", css_class="mp-refusing"),
                Div("conditions", css_class="mp-granting"),
            ),
            "seen",
        )

    def answer(self, assessments: Iterable[Assessment]) -> Answer:
        """Return the answer as it was filled in."""
        data, ruling = self.cleaned_data, cast(HeroverwegingOutcome, self.cleaned_data["outcome"])
        choice = None
        if outcome := ruling.outcome:
            choice = self._choice({**data, "outcome": outcome, "next_step": "", "second_wanted": False})
        return Answer(ruling, data["summary"], data["overturn_reason"], choice, tuple(assessments))

    @classmethod
    def first(cls, choice: Choice, seen: int) -> dict[str, Any]:
        """Return what the page begins with: no answer is chosen beforehand."""
        return {**cls.initial_of(choice, ""), "outcome": None, "summary": "", "seen": seen}


def rejudging(
    criteria: Iterable[Criterion], before: Mapping[str, Assessment], posted: Any = None
) -> list[tuple[Criterion, Rejudge]]:
    """Return a form per criterion that is free, filled in with how it was judged first."""
    found = []
    for criterion in criteria:
        if criterion.locked:
            continue
        one = before.get(criterion.code)
        initial = (
            {
                "verdict": one.verdict.value,
                "motivation": one.motivation,
                "missing_fact": one.missing_fact,
                "leads_to_consent": one.leads_to_consent,
            }
            if one
            else {}
        )
        found.append((criterion, Rejudge(posted, prefix=f"{PREFIX}{criterion.code}", initial=initial)))
    return found
