"""The codes of a line: valid on the opening date, belonging together, and the minutes. Bron: G-16 to G-32; R-27."""

from functools import cache

from authorizations.domain import words
from authorizations.domain.ggz_line_answers import Judged, Line, LineAnswer, LineRule, lacking
from ggz_codes.domain import crisis, mandatory_care, shipped, validity, vmr
from ggz_codes.domain.shipped import Code, RelationKind
from ggz_codes.domain.validity import Standing, Validity

# By group of the list: the rules that name its codes, and the heading over them.
GROUPS = {
    "Crisis binnen budget": (("G-17", "G-18"), "Prestatiecodes Crisis DBC binnen budget"),
    "Crisis buiten budget": (("G-22",), "Prestatiecodes Crisis DBC buiten budget"),
    "VMR": (("G-25",), "Prestatiecode VMR"),
    "Voorbereiding zorgmachtiging": (("G-28",), "Prestatiecode Voorbereiding zorgmachtiging"),
    "Diagnostiek": (("G-30",), "Nieuwe prestatiecodes Diagnostiek"),
}
ENDED = (("G-31",), "Beëindigde prestatiecodes per 01-01-2020")
ENDED_ZORGTYPES = (("G-32",), "Beëindigde zorgtype per 01-01-2020")
ZORGTYPES = {"303": ("G-16",), "304": ("G-19",), "305": ("G-20",), "306": ("G-21",), "254": ("G-24",)}
OPENED = "wanneer de dbc is geopend"


@cache
def zorgtypes_of(code: str) -> tuple[str, ...]:
    """Return the zorgtypes that the source gives a prestatie with; none for one that stands by itself."""
    related = (one for one in shipped.relations() if one.kind is RelationKind.PRESTATIE)
    return tuple(one.subject for one in related if one.object == code)


@cache
def named_with(zorgtype: str) -> tuple[Code, ...]:
    """Return the prestaties that the source gives with a zorgtype."""
    return shipped.prestaties_of(zorgtype)


@cache
def stays() -> frozenset[str]:
    """Return the codes of the source that are a stay. Bron: G-17, G-25."""
    return frozenset({*(code.code for code in crisis.stays(crisis.INSIDE).values()), vmr.PRESTATIE})


def rules_of(code: Code) -> tuple[tuple[str, ...], str]:
    """Return the rules that name a code, and the heading over it."""
    if code.group == "Crisis binnen budget":
        return (("G-17",) if code.code in stays() else ("G-18",)), GROUPS[code.group][1]
    return GROUPS.get(code.group, ENDED)


def code(line: Line, told: Validity | None) -> Judged:
    """Judge the code on the day the dbc was opened. Bron: R-27; G-17 to G-31."""
    known = shipped.prestaties().get(line.code)
    rules, under = rules_of(known) if known else ((), "")
    periods, after = ([known.period] if known else []), shipped.successors().get(line.code, ())
    if told is None and line.opened_on:
        told = validity.validity(line.code, periods, line.opened_on, after)
    return _on(LineRule.CODE, line.code, told, (*rules, "R-27"), under, known=known is not None)


def zorgtype(line: Line, told: Validity | None) -> Judged:
    """Judge the zorgtype on the day the dbc was opened. Bron: R-27; G-16 to G-32."""
    if not line.zorgtype:
        return lacking(LineRule.ZORGTYPE, ("R-27",), "", ["welk zorgtype de dbc heeft"])
    known = shipped.zorgtypes().get(line.zorgtype)
    rules: tuple[str, ...] = ()
    under = ""
    if known:
        ended = known.period.valid_until is not None
        rules, under = ENDED_ZORGTYPES if ended else (ZORGTYPES.get(known.code, ("G-27",)), f"zorgtype {known.code}")
    if told is None and line.opened_on:
        told = validity.validity(line.zorgtype, [known.period] if known else [], line.opened_on)
    name = f"Zorgtype {line.zorgtype}"
    return _on(LineRule.ZORGTYPE, name, told, (*rules, "R-27"), under, known=known is not None)


def together(line: Line) -> Judged | None:
    """Judge whether the zorgtype and the code belong together, where the source says it. Bron: G-17 to G-22, G-25."""
    owners, named = zorgtypes_of(line.code), named_with(line.zorgtype)
    if line.code == mandatory_care.PREPARATION or not (owners or named):
        return None
    rules, under = rules_of(shipped.prestaties()[line.code]) if owners else GROUPS[named[0].group]
    listed = words.listing(owners, "of")
    if line.zorgtype in owners:
        why = f"De bron noemt {line.code} bij zorgtype {line.zorgtype}."
        return Judged(LineRule.TOGETHER, LineAnswer.YES, rules, under, why)
    if not line.zorgtype:
        why = f"Bij {line.code} hoort zorgtype {listed}. Wij weten niet welk zorgtype de dbc heeft."
        return Judged(LineRule.TOGETHER, LineAnswer.UNKNOWN, rules, under, why, "Vul het zorgtype in.")
    if not owners:
        why = f"De bron noemt {line.code} niet bij zorgtype {line.zorgtype}."
        do = f"Vraag de verzekeraar of {line.code} bij dit zorgtype mag."
        return Judged(LineRule.TOGETHER, LineAnswer.UNKNOWN, rules, under, why, do)
    why = f"{line.code} hoort bij zorgtype {listed}, niet bij {line.zorgtype}."
    return Judged(LineRule.TOGETHER, LineAnswer.NO, rules, under, why, _instead(line))


def minutes(line: Line) -> Judged | None:
    """Judge whether the minutes fall in the band of the code. Bron: G-18, G-22, G-30, G-31."""
    known = shipped.prestaties().get(line.code)
    if known is None or known.minutes_from is None:
        return None
    rules, under = rules_of(known)
    if line.minutes is None:
        return lacking(LineRule.MINUTES, rules, under, ["hoeveel minuten er zijn"])
    band = f"{words.number(known.minutes_from)} minuten of meer"
    if known.minutes_until is not None:
        band = f"{words.number(known.minutes_from)} tot en met {words.number(known.minutes_until)} minuten"
    given = "is 1 minuut" if line.minutes == 1 else f"zijn {words.number(line.minutes)} minuten"
    why = f"{line.code} is voor {band}. Er {given}."
    if known.takes(line.minutes):
        return Judged(LineRule.MINUTES, LineAnswer.YES, rules, under, why)
    others = (one for one in shipped.prestaties().values() if one.group == known.group)
    other = next((one for one in others if one.takes(line.minutes or 0)), None)
    do = f"Bij deze minuten hoort {other.code}." if other else "De bron noemt geen code bij deze minuten."
    return Judged(LineRule.MINUTES, LineAnswer.NO, rules, under, why, do)


def _on(rule: LineRule, name: str, told: Validity | None, rules: tuple[str, ...], under: str, *, known: bool) -> Judged:
    if told is None and known:
        return lacking(rule, rules, under, [OPENED])
    if told is None or told.standing is Standing.UNKNOWN:
        why = f"{name} staat niet in de lijsten die wij kennen."
        return Judged(
            rule, LineAnswer.UNKNOWN, rules, under, why, "Controleer de code, of vraag de verzekeraar ernaar."
        )
    opened = f"een dbc die is geopend op {words.day(told.day)}"
    if told.standing is Standing.VALID:
        return Judged(rule, LineAnswer.YES, rules, under, f"{name} geldt voor {opened}.")
    why = f"{name} geldt niet voor {opened}. {told.words}"
    return Judged(rule, LineAnswer.NO, rules, under, why, "Kies wat op die dag gold, of controleer de dag van opening.")


def _instead(line: Line) -> str:
    """Return which code of the zorgtype it may have to be."""
    named = named_with(line.zorgtype)
    if not named:
        return "Kies een ander zorgtype, of een andere code."
    if line.code not in stays() and line.minutes is not None:
        named = tuple(one for one in named if one.takes(line.minutes)) or named
    told = words.listing([one.code for one in named], "of")
    return f"Bij zorgtype {line.zorgtype} hoort {told}."
