"""The forms of a questionnaire: begin one, fill it in, judge it, and where each kind of provider comes in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundField

from contracting.domain.conditions import CONDITIONS, Condition, Proof, ProviderKind, Theme
from contracting.domain.questionnaire import ContractingOutcome, Judgement
from contracting.models import ConditionReply, Questionnaire, QuestionnairePaper
from contracting.services.questionnaires import Paper, Said
from contracting.web.forms_register import Refusing
from kit import widgets
from kit.fields import DateField, DecimalField, DigitsField, LinesField, WholeNumberField

YES_NO = [("ja", "Ja"), ("nee", "Nee")]
LONG = 2000
ACCEPT = {"accept": ".pdf,.jpg,.jpeg,.png"}
HINTS = {
    Proof.DOCUMENT: "Voeg een document toe waaruit dit blijkt.",
    Proof.STATEMENT: "Met ja verklaart u dat dit zo is. Een document mag.",
    Proof.NUMBERS: "",
}
FACTS = ("kvk_number", "specialists", "fte", "satisfaction_on")


def yes_no(label: str, **kwargs: Any) -> forms.TypedChoiceField:
    """Return a question that is answered with yes or no, or not yet."""
    field = forms.TypedChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect, required=False, empty_value=None,
        coerce=lambda value: value == "ja", **kwargs,
    )  # fmt: skip
    return unmarked(field)


def unmarked(field: Any) -> Any:
    """Return a field that isn't called optional: a draft may lack it, what is submitted may not."""
    field.marked = False
    return field


def said(value: bool | None) -> str | None:
    """Return yes or no as a form shows it."""
    return None if value is None else "ja" if value else "nee"


class SeveralFiles(forms.FileInput):
    """An input for more than one file."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what is in them is judged where they are kept."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files that were chosen; an empty one is refused where it is kept, by its name."""
        return [file for file in data or [] if isinstance(file, UploadedFile)]


class Begin(Refusing):
    """At which insurer, and as what."""

    insurer = forms.TypedChoiceField(label="Met welke verzekeraar wilt u een contract?", coerce=int)
    kind = forms.TypedChoiceField(
        label="Wat voor zorgaanbieder bent u?", choices=ProviderKind.choices(), coerce=ProviderKind,
        widget=forms.RadioSelect, help_text="Dit bepaalt wat er wordt gevraagd, en welk loket de vragenlijst leest.",
    )  # fmt: skip

    def __init__(self, *args: Any, insurers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["insurer"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", "Kies een verzekeraar"), *insurers]


class Fill(Refusing):
    """
    Every condition at once. Nothing is demanded here: a draft may lack anything, the rules say what.

    The questions about aangewezen zorg are there for everybody and count only for who gives it.
    """

    designated = yes_no(
        "Geeft de instelling aangewezen zorg?",
        help_text="Zoals IVF, protonentherapie of radiotherapie. Dan zijn ook beschikkingen nodig.",
    )
    kvk_number = unmarked(DigitsField(label="KvK-nummer", length=8, name="Een KvK-nummer", required=False))
    specialists = unmarked(
        WholeNumberField(
            label="Aantal BIG-geregistreerde medisch specialisten", required=False, min_value=0, max_value=9999
        )
    )
    fte = unmarked(
        DecimalField(label="Fte van hen samen", required=False, min_value=0, max_value=9999, help_text="Zoals 2,5.")
    )
    satisfaction_on = unmarked(DateField(label="Wanneer is dit het laatst onderzocht?", required=False))

    def __init__(self, *args: Any, conditions: Sequence[Condition] = CONDITIONS, **kwargs: Any) -> None:
        self.conditions = conditions
        super().__init__(*args, **kwargs)
        for one in conditions:
            self.fields[f"{one.code}_complies"] = yes_no("Voldoet u hieraan?", help_text=HINTS[one.proof])
            explanation = LinesField(label="Toelichting", required=False, max_length=LONG, rows=2)
            self.fields[f"{one.code}_explanation"] = unmarked(explanation)
            papers = FilesField(
                label="Documenten toevoegen", required=False, widget=SeveralFiles({**ACCEPT, "multiple": True})
            )
            self.fields[f"{one.code}_papers"] = unmarked(papers)

    @staticmethod
    def initial_of(made: Questionnaire, replies: Mapping[str, ConditionReply]) -> dict[str, Any]:
        """Return what the form begins with: what was kept."""
        first: dict[str, Any] = {name: getattr(made, name) for name in FACTS} | {"designated": said(made.designated)}
        for code, reply in replies.items():
            first[f"{code}_complies"], first[f"{code}_explanation"] = said(reply.complies), reply.explanation
        return first

    @property
    def said(self) -> Said:
        """What was filled in."""
        data = self.cleaned_data
        replies = {
            one.code: (data.get(f"{one.code}_complies"), data.get(f"{one.code}_explanation", ""))
            for one in self.conditions
        }
        return Said(
            designated=data.get("designated"),
            kvk_number=data.get("kvk_number", ""),
            specialists=data.get("specialists"),
            fte=data.get("fte"),
            satisfaction_on=data.get("satisfaction_on"),
            replies=replies,
        )

    @property
    def papers(self) -> list[Paper]:
        """The files that were chosen, each with the condition that it is for."""
        return [
            Paper(one.code, cast(BinaryIO, file), file.name or "", file.size)
            for one in self.conditions
            for file in self.cleaned_data.get(f"{one.code}_papers") or []
        ]

    def themes(self, papers: Sequence[QuestionnairePaper]) -> list[tuple[str, list[dict[str, Any]]]]:
        """Return the conditions per heading, each with its fields and the files that are there."""
        return by_theme(
            {
                "condition": one,
                "facts": [self[name] for name in (*(["designated"] if one.designated else []), *one.facts)],
                "fields": [self[f"{one.code}_{name}"] for name in ("complies", "explanation", "papers")],
                "papers": [paper for paper in papers if paper.condition == one.code],
            }
            for one in self.conditions
        )


class Judge(Refusing):
    """What the insurer finds of each condition, and what comes of it."""

    outcome = forms.TypedChoiceField(
        label="Wat komt ervan?", choices=ContractingOutcome.choices(), coerce=ContractingOutcome, required=False,
        empty_value=None, widget=forms.RadioSelect,
    )  # fmt: skip
    motivation = LinesField(label="Motivering voor de brief", required=False, max_length=4000, rows=6)

    def __init__(self, *args: Any, conditions: Sequence[Condition], **kwargs: Any) -> None:
        self.conditions = conditions
        super().__init__(*args, **kwargs)
        for name in ("outcome", "motivation"):
            unmarked(self.fields[name])
        for one in conditions:
            judgement = forms.TypedChoiceField(
                label="Oordeel", choices=Judgement.choices(), coerce=Judgement, required=False, empty_value=None,
                widget=forms.RadioSelect,
            )  # fmt: skip
            self.fields[f"{one.code}_judgement"] = unmarked(judgement)
            remark = LinesField(label="Wat ontbreekt er?", required=False, max_length=LONG, rows=2)
            self.fields[f"{one.code}_remark"] = unmarked(remark)

    @staticmethod
    def initial_of(made: Questionnaire, replies: Mapping[str, ConditionReply]) -> dict[str, Any]:
        """Return what the form begins with: what was kept; no outcome is chosen beforehand."""
        first: dict[str, Any] = {"motivation": made.motivation}
        for code, reply in replies.items():
            first |= {f"{code}_judgement": reply.judgement, f"{code}_remark": reply.remark}
        return first

    @property
    def judged(self) -> dict[str, tuple[Judgement | None, str]]:
        """The judgements as they were filled in."""
        data = self.cleaned_data
        return {
            one.code: (data.get(f"{one.code}_judgement"), data.get(f"{one.code}_remark", "")) for one in self.conditions
        }

    def of(self, code: str) -> list[BoundField]:
        """Return the fields of one condition."""
        return [self[f"{code}_judgement"], self[f"{code}_remark"]]


class Desks(Refusing):
    """Where the questionnaires of each kind of provider come in. Bron: A-26."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in ProviderKind:
            self.fields[kind.value] = forms.EmailField(
                label=kind.label, required=False, max_length=254, widget=widgets.short(20, inputmode="email"),
                error_messages={"invalid": "Vul een e-mailadres in zoals naam@voorbeeld.nl."},
            )  # fmt: skip


def by_theme(rows: Iterable[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return rows about conditions per heading; a heading without any is left out."""
    found = list(rows)
    themes = [(theme.label, [row for row in found if row["condition"].theme is theme]) for theme in Theme]
    return [(label, of_theme) for label, of_theme in themes if of_theme]
