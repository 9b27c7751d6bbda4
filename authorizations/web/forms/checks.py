"""
One case for a check, or a whole file. The form is made from the columns of the check: a row of a table says how each is
asked, and a check without rows is asked by the names of its columns.
"""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from authorizations.domain.checks import Toets
from authorizations.domain.claim_terms import Regime
from authorizations.domain.policy import Policy
from authorizations.web.forms import ggz_checks, ggz_lines
from authorizations.web.forms.check_kinds import DAY, DAYS, J_N, LINE, SHORT, WORDS, YES_NO, Asked, Page, choice
from authorizations.web.forms.intake.layout import Section
from kit.forms import Form

MEGABYTES = 4
MOST_BYTES = MEGABYTES * 1024 * 1024
PAGES: Mapping[str, Page] = {
    "afsluiting": Page(
        "Of een subtraject op een dag gesloten is, sinds wanneer en waarom, en wat daarbij opvalt.",
        {
            "geopend_op": Asked("Wanneer is het subtraject geopend?", DAY, "Bijvoorbeeld 4 1 2027."),
            "indicatie": Asked(
                "Waarvoor is de behandeling?", choice(("chronische_pijn", "Chronische pijn"), ("overig", "Iets anders"))
            ),
            "activiteiten": Asked(
                "Welke activiteiten zijn er geweest?",
                DAYS,
                "1 per regel, bijvoorbeeld 4-1-2027. Is een activiteit later vastgelegd, of van een andere "
                "zorgprofielklasse dan 14? Schrijf dan 4-1-2027#19@11-1-2027.",
                required=False,
            ),
            "afgerond_op": Asked("Wanneer is de behandeling afgerond?", DAY, required=False),
            "peildatum": Asked("Op welke dag wilt u het weten?", DAY, "Wij kijken naar het eind van die dag."),
        },
        by_policy=True,
    ),
    "vervolg": Page(
        "Op welke dag het vervolg begint na een gesloten subtraject, of waarom er geen vervolg is.",
        {
            "gesloten_op": Asked("Wanneer is het subtraject gesloten?", DAY, "Bijvoorbeeld 15 2 2027."),
            "volgende_activiteit": Asked("Wanneer is de volgende activiteit?", DAY, required=False),
        },
    ),
    "indientermijn": Page(
        "Tot en met welke dag een declaratie of een betaling op tijd is, en wat er gebeurt als zij te laat is.",
        {
            "regime": Asked("Om welke afspraak gaat het?", choice(*Regime.choices())),
            "code_herdeclaratie": Asked(
                "Wat is de code her-declaratie?",
                SHORT,
                "Alleen in de GGZ. 01 is een eerste declaratie, 02 en 03 komen na een afwijzing, 05 na een controle.",
                required=False,
            ),
            "schadejaar": Asked(
                "Wat is het schadejaar?",
                SHORT,
                "Alleen in de GGZ bij code 01: het jaar waarin de dbc is geopend.",
                required=False,
            ),
            "startdatum": Asked(
                "Op welke dag begint de termijn?",
                DAY,
                "De dag waarop de dbc sloot, of waarop u de retourinformatie kreeg. Bij a.s.r.: de laatste dag van de "
                "zorg, of bij een betaling de dag waarop de declaratie is ontvangen.",
                required=False,
            ),
            "indiendatum": Asked("Wanneer is de declaratie ingediend, of betaald?", DAY, required=False),
        },
    ),
    "machtigingsplicht": Page(
        "Of u voor een declaratiecode een machtiging nodig hebt, en waarom.",
        {
            "gecontracteerd": Asked("Heeft u een contract met de verzekeraar?", choice(*YES_NO)),
            "intake": Asked("Is de behandeling in het kader van een intake?", choice(*YES_NO), required=False),
            "eerder_zonder_machtiging": Asked(
                "Welke codes zijn voor deze patiënt al zonder machtiging gedeclareerd?",
                LINE,
                "Bijvoorbeeld 14E489. Zet een spatie tussen 2 codes. Geen? Laat dit leeg.",
                required=False,
            ),
            "code": Asked(
                "Welke declaratiecode wilt u declareren?", SHORT, "Hebt u een contract? Laat dit dan leeg.", False
            ),
            "lezing": Asked(
                "Hoe leest u “1 van beide codes”?",
                choice(
                    ("", "Zoals het beleid zegt"),
                    ("A", "Lezing A: 1 van beide codes, 1 keer"),
                    ("B", "Lezing B: elke code 1 keer"),
                ),
                required=False,
            ),
        },
        by_policy=True,
    ),
    "n0496": Page(
        "Of een activiteit die voor een andere zorgaanbieder is gedaan, op een subtraject staat waar zij niet hoort.",
        {
            "verrichting": Asked("Is de zorgactiviteit een verrichting?", J_N),
            "wbmv": Asked("Is het WBMV-zorg?", J_N, "De Wet op bijzondere medische verrichtingen.", False),
            "od_gefactureerd": Asked("Is zij als onderlinge dienstverlening gefactureerd?", J_N, required=False),
            "eenheid": Asked(
                "Wat is de eenheid?", SHORT, "ZP voor een heel zorgproduct, anders bijvoorbeeld OZP of ZA.", False
            ),
            "los_te_factureren": Asked("Wordt zij los gefactureerd?", J_N, required=False),
            "uitvoerdatum": Asked("Wanneer is zij uitgevoerd?", DAY, "Bijvoorbeeld 1 6 2021.", False),
            "subtraject_zt": Asked(
                "Welk zorgtype heeft het subtraject?", SHORT, "Is zij nergens gekoppeld? Laat dit leeg.", False
            ),
            "subtraject_sluitdatum": Asked(
                "Wanneer is het subtraject gesloten?", DAY, "Is het nog open? Laat dit leeg.", False
            ),
            "controlejaren": Asked(
                "Over welke jaren gaat de controle?",
                LINE,
                "De jaren van de controle en van de Handreiking, bijvoorbeeld 2020 2021.",
                False,
            ),
            "addon_geneesmiddel": Asked("Is het een add-on geneesmiddel?", J_N, required=False),
            "tarieftype": Asked("Welk tarieftype heeft zij?", SHORT, "2 cijfers. Geen? Laat dit leeg.", False),
            "fysiotherapie": Asked("Is het fysiotherapie?", J_N, required=False),
            "klinische_opname": Asked("Is zij tijdens een klinische opname gedaan?", J_N, required=False),
        },
    ),
    "weging": Page(
        "Hoeveel gewogen minuten en uren activiteiten zijn, en welke code zonder machtiging daarbij past.",
        {
            "activiteiten": Asked(
                "Welke zorgactiviteiten zijn er?",
                WORDS,
                "De code, een x en het aantal keren 5 minuten, bijvoorbeeld 190960x4. Zet een spatie tussen 2 codes.",
                required=False,
            ),
            "verpleegdagen": Asked("Hoeveel verpleegdagen?", SHORT, "Zij tellen niet mee in de weging.", False),
        },
    ),
    "ggz": Page(
        "Welk zorgtype en welke prestatie horen bij een crisis, en wat mag bij een zorgmachtiging, VMR en diagnostiek.",
        {},
        by_rule=ggz_checks.BY_RULE,
    ),
    "ggz_regel": ggz_lines.PAGE,
}


def page(toets: Toets) -> Page:
    """Return how this check is asked; for one without a row here, by the names of its columns."""
    return PAGES.get(toets.name) or Page("", {name: Asked(name, required=False) for name in toets.takes}, True)


def policy_field(asked: Page, policies: Mapping[str, Policy]) -> dict[str, forms.Field]:
    """Return the choice of the policy, as `--policy` of the shell, where it makes a difference."""
    if not asked.by_policy:
        return {}
    shipped = [(name, policy.title) for name, policy in sorted(policies.items())]
    field = forms.ChoiceField(
        label="Volgens welk beleid?",
        widget=forms.RadioSelect,
        choices=[("", "Zonder beleid: sluiten zoals de bron zegt, en lezing A"), *shipped],
        required=False,
    )
    return {"policy": field}


class Case(Form):
    """One case for a check, or for one rule of a check. `row()` gives it as the check reads it."""

    def __init__(
        self, toets: Toets, data: Mapping[str, Any] | None, *, policies: Mapping[str, Policy], rule: str = ""
    ) -> None:
        self.toets, self.page, self.rule = toets, page(toets), rule
        self.asked = self.page.by_rule[rule].asked if rule else self.page.asked
        # Django copies these for each form, before the house gives each its messages.
        self.base_fields = {  # type: ignore[misc]
            name: one.kind.make(label=one.label, help_text=one.help, required=one.required)
            for name, one in self.asked.items()
        } | policy_field(self.page, policies)
        super().__init__(data)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        if self.page.groups:
            groups, hints = self.page.groups.items(), self.page.hints
            self.helper.layout = Layout(*(Section(title, *names, hint=hints.get(title, "")) for title, names in groups))

    def row(self) -> dict[str, str]:
        """Return what was filled in, as texts in the columns of the check; empty is unknown."""
        given = ((name, self.cleaned_data[name]) for name in self.asked)
        written = {name: self.asked[name].kind.write(value) if value else "" for name, value in given}
        if not self.rule:
            return written
        rule, said = self.toets.takes
        return {rule: self.rule, said: " ".join(f"{name}={value}" for name, value in written.items())}

    def refuse(self, fault: str) -> None:
        """Say what the check says of a column at the field of that column."""
        column, _, words = fault.partition(": ")
        if self.rule:
            column, _, words = words.partition(": ")
        self.add_error(column, f"{words[:1].upper()}{words[1:]}.")


class WholeFile(Form):
    """A CSV file with many cases."""

    file = forms.FileField(
        label="Bestand (csv)",
        widget=forms.FileInput({"accept": ".csv,text/csv"}),
        help_text=f"Maximaal {MEGABYTES} MB, UTF-8, met puntkomma’s en een kopregel. Datums zoals 2027-01-04.",
    )

    def __init__(
        self,
        toets: Toets,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        policies: Mapping[str, Policy],
    ) -> None:
        self.base_fields = type(self).base_fields | policy_field(page(toets), policies)  # type: ignore[misc]
        super().__init__(data, files, auto_id="bestand_%s")
        self.helper.form_tag = False

    def clean_file(self) -> Any:
        """Refuse what is too big, with what to do about it."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"Dit bestand is te groot. Het mag {MEGABYTES} MB zijn: stuur het in delen.")
        return file
