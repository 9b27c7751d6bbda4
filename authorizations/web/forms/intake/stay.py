"""The stay in a GGZ institution: when and how long, why, and under which codes."""

from collections.abc import Sequence
from typing import Any, ClassVar

from authorizations.web.forms.intake.base import Explanation, StepForm
from authorizations.web.forms.intake.layout import Question, Section, Template
from kit import widgets
from kit.fields import DateField, LineField, WholeNumberField


class StayForm(StepForm):
    """The period, the days, the reason and the codes. `own` has the codes, each with whether it holds now."""

    part: ClassVar[str] = "plan"

    starts_on = DateField(label="Wanneer begint het verblijf?")
    ends_on = DateField(label="Wanneer eindigt het verblijf?")
    early_start_reason = Explanation(
        label="Waarom kan het verblijf niet op het besluit wachten?",
        rows=3,
        help_text="Bijvoorbeeld bij een crisis, of bij verplichte zorg die al is begonnen.",
    )
    days_of_stay = WholeNumberField(
        label="Hoeveel dagen verblijf vraagt u?", max_digits=4, help_text="Tel de eerste en de laatste dag mee."
    )
    admission_reason = Explanation(
        label="Waarom is verblijf nodig voor de behandeling?",
        help_text="Leg uit wat er tijdens het verblijf wordt behandeld, en waarom dat niet zonder opname kan.",
    )
    dbc_opened_on = DateField(
        label="Wanneer is de dbc geopend, of gaat zij open?", help_text="De codes moeten op die dag geldig zijn."
    )
    zorgtype = LineField(
        label="Zorgtype", max_length=20, widget=widgets.short(5), help_text="3 cijfers, bijvoorbeeld 155."
    )
    code = LineField(label="Prestatiecode", max_length=20, widget=widgets.short(11), help_text="Bijvoorbeeld 25B090.")

    def arrange(self) -> None:
        self.fields["zorgtype"].widget.attrs["list"] = "zorgtypes"
        self.fields["code"].widget.attrs["list"] = "codes"
        self.fields["starts_on"].help_text = (
            "De machtiging moet er zijn voordat u begint. Dient u nu in? "
            f"Dan verwachten wij ons besluit op {self.context.own.get('expected', '')}."
        )

    def blocks(self) -> Sequence[Any]:
        own = self.context.own
        return [
            Section(
                "De periode",
                "starts_on",
                "early_start_reason",
                "ends_on",
                Question("days_of_stay", "De machtiging geldt voor dit aantal dagen."),
            ),
            Section(
                "Het verblijf",
                Question(
                    "admission_reason",
                    "Alleen de geneeskundige behandeling van een psychische stoornis is verzekerde GGZ. "
                    "De medisch adviseur leest hier waarom verblijf daarbij hoort.",
                    sources=["S2: welke zorg wordt vergoed"],
                    criteria=["g_stoornis", "c3_vorm"],
                ),
            ),
            Section(
                "De codes",
                Question(
                    "dbc_opened_on", "Een code van de GGZ geldt voor dbc's die in een bepaalde tijd zijn geopend."
                ),
                Template("authorizations/intake/_zorgtypes.html", zorgtypes=own.get("zorgtypes", ())),
                Question(
                    "zorgtype",
                    "Ook verplichte zorg (Wvggz) en crisis hebben een eigen zorgtype. "
                    "De lijst is die van 2020. Staat uw zorgtype er niet in? Typ het dan zelf.",
                    sources=["S2: wettelijke en landelijke wijzigingen 2020"],
                ),
                Template("components/_codes.html", codes=own.get("codes", ()), codes_day="dbc_opened_on"),
                Question(
                    "code",
                    "De machtiging geldt voor deze code.",
                    sources=["S2: wettelijke en landelijke wijzigingen 2020"],
                ),
            ),
        ]
