"""
The rules of the GGZ page as one check: the name of a rule, what it asks as name=value, and the outcome with reasons.

Bron: G-15 to G-31; checks.md, `ggz`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from authorizations.domain import words
from authorizations.domain.check_values import Unjudgeable, read_count, read_day
from authorizations.domain.ggz_line_answers import SOURCE
from ggz_codes.domain import crisis, diagnostics, mandatory_care, shipped, validity, vmr
from ggz_codes.domain.crisis import CrisisQuestion
from ggz_codes.domain.mandatory_care import LegalBasis
from ggz_codes.domain.rulings import Ruling
from ggz_codes.domain.validity import Standing
from kit.terms import Term

FLAGS = {"1": True, "0": False}
COLUMN = "invoer"


class GgzOutcome(Term):
    """What a rule says when the answer is no code. Bron: checks.md, `ggz`."""

    VALID = "geldig", "Geldig"
    INVALID = "ongeldig", "Niet geldig"
    UNKNOWN = "onbekend", "Niet bekend"
    ALLOWED = "toegestaan", "Toegestaan"
    REFUSED = "afwijzen", "Niet toegestaan"
    NONE = "geen", "Geen prestatie"
    ZT254 = "254 + 25B144", "Zorgtype 254 met 25B144"
    NOT_ZT254 = "254 niet van toepassing", "Zorgtype 254 geldt niet"
    APART = "los_declarabel", "Apart te declareren"
    IN_TARIFF = "in_tarief", "In het tarief"


@dataclass(frozen=True)
class Answer:
    """The outcome of a rule, and what it means in words."""

    outcome: str
    title: str
    lines: tuple[str, ...]
    source: str = SOURCE


@dataclass(frozen=True)
class Input:
    """A value that a rule asks, and how it is read: a text of `options`, or by the function that reads it."""

    name: str
    read: Callable[[str, str], Any] | None = None
    options: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """Return how it is written: minuten=aantal."""
        return f"{self.name}={'|'.join(self.options) or READ_AS[self.read]}"


@dataclass(frozen=True)
class Rule:
    """A rule by its name, what it asks, and the answer."""

    name: str
    title: str
    inputs: tuple[Input, ...]
    answer: Callable[[Mapping[str, Any]], Answer]

    @property
    def written(self) -> str:
        """Return the input as a row of a file has it."""
        return " ".join(one.written for one in self.inputs)


def answer(name: str, given: str) -> Answer:
    """
    Return what a rule says of its input, written as name=value with spaces between.

    :raises Unjudgeable: naming the column, the input and the value

    Bron: checks.md, `ggz`.
    """
    rule = RULES.get(name.strip().lower())
    if rule is None:
        told = f"'{name}' is er niet" if name.strip() else "leeg"
        raise Unjudgeable(f"regel: {told}, kies uit {words.listing(sorted(RULES), 'of')}")
    pairs = _pairs(rule, given)
    return rule.answer({one.name: _value(one, pairs) for one in rule.inputs})


def _pairs(rule: Rule, given: str) -> dict[str, str]:
    names = {one.name.lower(): one.name for one in rule.inputs}
    pairs: dict[str, str] = {}
    for text in given.split():
        name, sign, value = text.partition("=")
        if not sign or not name:
            raise Unjudgeable(f"{COLUMN}: '{text}' is geen naam=waarde, zoals {rule.inputs[0].written}")
        known = names.get(name.lower())
        if known is None:
            raise Unjudgeable(f"{COLUMN}: '{name}' hoort niet bij {rule.name}, die vraagt {rule.written}")
        if known in pairs:
            raise Unjudgeable(f"{COLUMN}: {known}: staat er twee keer, laatst als '{value}'")
        pairs[known] = value
    return pairs


def _value(asked: Input, pairs: Mapping[str, str]) -> Any:
    column, text = f"{COLUMN}: {asked.name}", pairs.get(asked.name, "")
    if not text:
        raise Unjudgeable(f"{column}: {'leeg' if asked.name in pairs else 'ontbreekt'}, geef {asked.written}")
    if asked.read:
        return asked.read(column, text)
    if text.lower() not in asked.options:
        raise Unjudgeable(f"{column}: '{text}' is geen {words.listing(asked.options, 'of')}")
    return FLAGS.get(text, text.lower()) if asked.options == tuple(FLAGS) else text.lower()


def _as_code(column: str, text: str) -> str:
    return text.upper()


READ_AS: dict[Callable[[str, str], Any] | None, str] = {
    read_day: "jjjj-mm-dd",
    read_count: "aantal",
    _as_code: "code",
    None: "",
}


def _crisis_zorgtype(given: Mapping[str, Any]) -> Answer:
    """Choose among 303 to 306. Bron: G-16, G-19 to G-21."""
    found = crisis.choose({question: given[question.value] for question in CrisisQuestion})
    conditions = (f"Ook nodig: {one[:1].lower()}{one[1:]}" for one in found.conditions)
    title = f"Zorgtype {found.zorgtype}: {found.description}"
    return Answer(found.zorgtype, title, (*found.reasons, *conditions))


def _code_on(given: Mapping[str, Any]) -> Answer:
    """Judge a code on the day the dbc was opened. Bron: R-27; G-30 to G-32."""
    code, day = given["code"], given["dbc_geopend"]
    known = shipped.prestaties().get(code)
    periods = [known.period] if known else []
    found = validity.validity(code, periods, day, shipped.successors().get(code, ()))
    outcome = {Standing.VALID: GgzOutcome.VALID, Standing.UNKNOWN: GgzOutcome.UNKNOWN}.get(
        found.standing, GgzOutcome.INVALID
    )
    if known is None:
        return Answer(outcome, f"{code} kennen wij niet", ("Deze code staat niet in de lijst van de GGZ van 2020.",))
    told = {GgzOutcome.VALID: "is geldig", GgzOutcome.INVALID: "is niet geldig"}[outcome]
    start = ("De bron noemt geen begin van deze code.",) if found.start_unknown else ()
    source = "Dit volgt uit de lijst van Zilveren Kruis van 2020. Wat daarna veranderde, staat bij Codes."
    lines = (f"{known.description} ({known.group}).", found.words, *start, source)
    return Answer(outcome, f"{code} {told} voor een dbc die is geopend op {words.day(day)}", lines)


def _crisis_minutes(given: Mapping[str, Any]) -> Answer:
    """Find the prestatie of a crisis by its minutes. Bron: G-18, G-22."""
    zorgtype, minutes = given["zorgtype"], given["minuten"]
    found = crisis.prestatie(zorgtype, minutes)
    if found is None:
        return Answer(GgzOutcome.NONE, GgzOutcome.NONE.label, ("Zonder minuten behandeling is er geen prestatie.",))
    return _prestatie(found, f"Bij zorgtype {zorgtype} en {words.number(minutes)} minuten.")


def _preparation(given: Mapping[str, Any]) -> Answer:
    """Judge the preparation of a zorgmachtiging. Bron: G-28."""
    return _ruled(
        mandatory_care.preparation(
            LegalBasis(given["grondslag"]),
            requested=given["verzoek_OvJ_aan_geneesheer_directeur"],
            assessments=given["aantal_beoordelingen"],
            registered=given["aantal_25B095"],
        )
    )


def _zorgtype_254(given: Mapping[str, Any]) -> Answer:
    """Judge zorgtype 254 with 25B144. Bron: G-24, G-25."""
    return _ruled(
        vmr.zorgtype_254(follow_up=given["dbc"] == "vervolg", vmr=given["vmr"], minutes=given["behandelminuten"]),
        GgzOutcome.ZT254,
        GgzOutcome.NOT_ZT254,
    )


def _declarant(given: Mapping[str, Any]) -> Answer:
    """Judge who may declare 303 or 304. Bron: G-15, G-19."""
    return _ruled(
        crisis.may_declare(
            given["zorgtype"],
            by_or_on_behalf=given["door_of_namens_gebudgetteerde"],
            tariff_decision=given["tariefbeschikking"],
        )
    )


def _first_line(given: Mapping[str, Any]) -> Answer:
    """Judge whether eerstelijnsdiagnostiek is declared apart. Bron: G-29."""
    return _ruled(diagnostics.apart_from_the_tariff(given["datum"]), GgzOutcome.APART, GgzOutcome.IN_TARIFF)


def _only_vmr(given: Mapping[str, Any]) -> Answer:
    """Judge a vervolg-dbc with only VMR. Bron: G-23."""
    return _ruled(
        vmr.only_vmr(
            follow_up=given["dbc"] == "vervolg",
            vmr=given["vmr"],
            minutes=given["behandelminuten"],
            opened_on=given["dbc_geopend"],
        )
    )


def _diagnostics(given: Mapping[str, Any]) -> Answer:
    """Find the prestatie of diagnostics by its minutes. Bron: G-30, G-31."""
    minutes, opened_on = given["minuten"], given["dbc_geopend"]
    found = diagnostics.prestatie(minutes=minutes, opened_on=opened_on)
    if found is None:
        line = "De bron noemt geen codes voor minder dan 800 minuten diagnostiek."
        return Answer(GgzOutcome.UNKNOWN, GgzOutcome.UNKNOWN.label, (line,))
    return _prestatie(
        found, f"Bij {words.number(minutes)} minuten, in een dbc die is geopend op {words.day(opened_on)}."
    )


def _prestatie(code: shipped.Code, why: str) -> Answer:
    return Answer(code.code, f"Prestatie {code.code}", (f"{code.description} ({code.group}).", why))


def _ruled(found: Ruling, yes: GgzOutcome = GgzOutcome.ALLOWED, no: GgzOutcome = GgzOutcome.REFUSED) -> Answer:
    outcome = yes if found.allowed else no
    return Answer(outcome, outcome.label, (*found.reasons, *found.signals))


def _flag(name: str) -> Input:
    return Input(name, options=tuple(FLAGS))


_MINUTES, _OPENED = Input("minuten", read_count), Input("dbc_geopend", read_day)
_VMR = (Input("dbc", options=("initieel", "vervolg")), _flag("vmr"), Input("behandelminuten", read_count))

RULES = {
    rule.name: rule
    for rule in (
        Rule(
            "zorgtype_crisis",
            "Welk zorgtype hoort bij deze crisis?",
            tuple(_flag(question.value) for question in CrisisQuestion),
            _crisis_zorgtype,
        ),
        Rule(
            "crisis_minuten",
            "Welke prestatie hoort bij de minuten van een crisis?",
            (Input("zorgtype", options=crisis.ZORGTYPES), _MINUTES),
            _crisis_minutes,
        ),
        Rule(
            "declarant",
            "Mag u zorgtype 303 of 304 declareren?",
            (
                Input("zorgtype", options=(crisis.INSIDE, crisis.AFTER_INSIDE)),
                _flag("door_of_namens_gebudgetteerde"),
                _flag("tariefbeschikking"),
            ),
            _declarant,
        ),
        Rule(
            "voorbereiding_zorgmachtiging",
            "Mag u de voorbereiding van een zorgmachtiging (25B095) declareren?",
            (
                Input("grondslag", options=tuple(LegalBasis)),
                _flag("verzoek_OvJ_aan_geneesheer_directeur"),
                Input("aantal_beoordelingen", read_count),
                Input("aantal_25B095", read_count),
            ),
            _preparation,
        ),
        Rule("zt254", "Geldt zorgtype 254 met 25B144?", _VMR, _zorgtype_254),
        Rule("vmr_vervolg", "Mag een vervolg-dbc met alleen VMR?", (*_VMR, _OPENED), _only_vmr),
        Rule(
            "diagnostiek_minuten",
            "Welke prestatie hoort bij de minuten diagnostiek?",
            (_MINUTES, _OPENED),
            _diagnostics,
        ),
        Rule(
            "ozp_eerstelijnsdiagnostiek",
            "Mag u eerstelijnsdiagnostiek (ozp) apart declareren?",
            (Input("datum", read_day),),
            _first_line,
        ),
        Rule(
            "code_geldig_op_openingsdatum",
            "Is deze code geldig?",
            (Input("code", _as_code), _OPENED),
            _code_on,
        ),
    )
}
