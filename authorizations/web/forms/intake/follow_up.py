"""L: what changed since the earlier machtiging."""

from collections.abc import Sequence
from typing import Any, ClassVar

from authorizations.web.forms.intake.base import Explanation, StepForm, YesNoField
from authorizations.web.forms.intake.hours import TimeField
from authorizations.web.forms.intake.layout import Question, Reveal, Section, Template
from kit import widgets
from kit.fields import LineField


class FollowUpForm(StepForm):
    """Progress, and why the treatment goes on. Bron: Z-29, Z-33, Z-35; R-11."""

    part: ClassVar[str] = "follow_up"
    revealed: ClassVar[frozenset[str]] = frozenset({"gap_reason"})

    previous_number = LineField(
        label="Nummer van de eerdere machtiging", max_length=20, widget=widgets.short(20), help_text="Bijvoorbeeld M26…"
    )
    zorgtrajectnummer = LineField(
        label="Zorgtrajectnummer", max_length=40, widget=widgets.short(20), help_text="Hoogstens 15 letters en cijfers."
    )
    minutes_used = TimeField(label="Hoeveel uren zijn er gebruikt?", required=False)
    progress = Explanation(label="Wat leverde de behandeling tot nu toe op?")
    why_not_finished = Explanation(label="Waarom is de behandeling nog niet klaar?")
    gap_over_42 = YesNoField(label="Was er meer dan 42 dagen achter elkaar geen behandeling?")
    gap_reason = Explanation(label="Waarom was er zo lang geen behandeling?", rows=3)
    exceptional_reason = Explanation(label="Waarom is dit een zeer uitzonderlijk geval?")

    def arrange(self) -> None:
        unit = self.context.policy.asks.time_unit
        self.fields["minutes_used"].unit = unit  # type: ignore[attr-defined]
        self.fields["minutes_used"].label = f"Hoeveel {unit.label} zijn er tot nu toe gebruikt?"

    def blocks(self) -> Sequence[Any]:
        return [
            Section(
                "De eerdere machtiging",
                Question(
                    "previous_number",
                    "Een vervolg sluit aan op een eerdere machtiging. De medisch adviseur legt ze naast elkaar.",
                    sources=["S0: machtiging MSR vervolgaanvragen"],
                ),
                "zorgtrajectnummer",
                "minutes_used",
                Template("authorizations/intake/_granted.html", grant=self.context.own.get("grant")),
            ),
            Section(
                "Wat is er veranderd?",
                Question(
                    "progress",
                    "De medisch adviseur wil weten of de behandeling helpt.",
                    sources=["S0: openen en sluiten subtraject"],
                    criteria=["c2_meerwaarde"],
                ),
                Question(
                    "why_not_finished",
                    "Zo zien wij waarom er meer zorg nodig is dan eerst verwacht.",
                    sources=["S0: openen en sluiten subtraject"],
                    criteria=["c3_omvang"],
                ),
                Reveal(
                    "gap_over_42",
                    "ja",
                    Question(
                        "gap_over_42",
                        "Na 42 dagen zonder activiteit sluit het subtraject. "
                        "Zo'n onderbreking is in beginsel niet doelmatig, maar er kan een goede reden zijn.",
                        sources=["S0: openen en sluiten subtraject, 2"],
                    ),
                    "gap_reason",
                ),
                Question(
                    "exceptional_reason",
                    "Een MSR-behandeling voor chronische pijn moet binnen 120 dagen klaar zijn, "
                    "behalve in zeer uitzonderlijke gevallen.",
                    sources=["S0: openen en sluiten subtraject, 3"],
                ),
            ),
        ]
