"""
A line of a GGZ declaration as a row of a check: its columns, and the answers as texts.

An addition of our own to the checks: checks.md has the single rules (`ggz`), this one puts them together.
Bron: G-15 to G-32; R-27.
"""

from collections.abc import Mapping, Sequence

from authorizations.domain import ggz_lines, identifiers, words
from authorizations.domain.check_values import Unjudgeable, read_count, read_day, read_yes_no
from authorizations.domain.dbcs import DbcKind
from authorizations.domain.ggz_line_answers import Judged, Line, LineAnswer, LinePart
from ggz_codes.domain.mandatory_care import LegalBasis
from kit.terms import Term

Row = Mapping[str, str]
PLAN, BY, TARIFF = "regioplan_en_budgetaanvraag", "door_of_namens_gebudgetteerde", "tariefbeschikking"
GOES_ON, REQUESTED = "budget_dbc_gesloten_crisis_duurt_voort", "verzoek_OvJ_aan_geneesheer_directeur"
ASSESSMENTS, REGISTERED = "aantal_beoordelingen", "aantal_25B095"
TAKES = (
    *("code", "zorgtype", "dbc", "dbc_geopend", "minuten", "vmr", "deelprestatie", "uitgevoerd_op"),
    *(PLAN, BY, GOES_ON, TARIFF, "grondslag", REQUESTED, ASSESSMENTS, REGISTERED),
)
GIVES = ("declarabel", "regels", "bron", "toelichting")
DESCRIBED = {
    "code": "De declaratiecode, bijvoorbeeld 25B130. Verplicht.",
    "zorgtype": "De 3 cijfers van het zorgtype van de dbc.",
    "dbc": "initieel of vervolg.",
    "minuten": "De minuten behandeling, crisis of diagnostiek in de dbc.",
    "vmr": "ja of nee.",
    "deelprestatie": f"{', '.join(LinePart)}, of leeg als het de behandeling zelf is.",
    "uitgevoerd_op": "Alleen bij eerstelijnsdiagnostiek: de dag waarop zij is gedaan.",
    "grondslag": f"Alleen bij 25B095: {', '.join(LegalBasis)}.",
    **dict.fromkeys((PLAN, BY, GOES_ON, TARIFF), "ja of nee. Alleen bij een crisis, zorgtype 303 tot en met 306."),
    REQUESTED: "ja of nee. Alleen bij 25B095.",
    ASSESSMENTS: "Alleen bij 25B095.",
    REGISTERED: "Alleen bij 25B095.",
}


def read(row: Row) -> Line:
    """
    Return the line that a row tells; an empty column is not known.

    :raises Unjudgeable: naming the column and the value
    """
    kind, part, basis = (
        _term(row, column, terms)
        for column, terms in (("dbc", DbcKind), ("deelprestatie", LinePart), ("grondslag", LegalBasis))
    )
    return Line(
        code=_code(row["code"]),
        zorgtype=_zorgtype(row["zorgtype"]),
        kind=DbcKind(kind) if kind else None,
        opened_on=read_day("dbc_geopend", row["dbc_geopend"]) if row["dbc_geopend"].strip() else None,
        minutes=_count(row, "minuten"),
        vmr=read_yes_no("vmr", row["vmr"]),
        part=LinePart(part) if part else None,
        performed_on=read_day("uitgevoerd_op", row["uitgevoerd_op"]) if row["uitgevoerd_op"].strip() else None,
        plan=read_yes_no(PLAN, row[PLAN]),
        by_or_on_behalf=read_yes_no(BY, row[BY]),
        goes_on=read_yes_no(GOES_ON, row[GOES_ON]),
        tariff_decision=read_yes_no(TARIFF, row[TARIFF]),
        basis=LegalBasis(basis) if basis else None,
        requested=read_yes_no(REQUESTED, row[REQUESTED]),
        assessments=_count(row, ASSESSMENTS),
        registered=_count(row, REGISTERED),
    )


def judge(row: Row) -> tuple[Judged, ...]:
    """
    Return every rule that applies to the line of a row, with its answer.

    :raises Unjudgeable: naming the column and the value
    """
    return ggz_lines.judge(read(row))


def results(judged: Sequence[Judged]) -> tuple[str, ...]:
    """Return the answers as the result columns of a row."""
    decisive = [one for one in judged if one.answer is not LineAnswer.YES]
    return (
        ggz_lines.outcome(judged).value,
        " ".join(f"{one.rule.value}={one.answer.value}" for one in judged),
        " ".join(dict.fromkeys(rule for one in judged for rule in one.rules)),
        " ".join(one.told for one in decisive),
    )


def _code(text: str) -> str:
    if not text.strip():
        raise Unjudgeable("code: leeg, vul een declaratiecode in")
    try:
        return identifiers.declaratiecode(text)
    except ValueError:
        raise Unjudgeable(f"code: '{text}' is geen declaratiecode") from None


def _zorgtype(text: str) -> str:
    if not text.strip():
        return ""
    try:
        return identifiers.zorgtype(text)
    except ValueError:
        raise Unjudgeable(f"zorgtype: '{text}' is geen zorgtype van 3 cijfers") from None


def _term(row: Row, column: str, terms: type[Term]) -> str:
    said = row[column].strip().lower()
    if said and said not in set(terms):
        raise Unjudgeable(f"{column}: '{row[column]}' is geen {words.listing(list(terms), 'of')}")
    return said


def _count(row: Row, column: str) -> int | None:
    text = row[column].strip()
    return read_count(column, text) if text else None
