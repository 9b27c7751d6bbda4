"""
A whole line of a GGZ declaration: every rule of the source that applies to it, with its answer, why, and what to do.

The rules themselves live in ggz_codes/domain. Here they are put to one line of which not everything need be known: a
rule is asked with the best and with the worst that may be so. Both yes is yes, both no is no, anything else is not
known; nothing is ever guessed. Bron: G-15 to G-32; R-27; codes.md section 1.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from authorizations.domain import dbcs, ggz_line_codes, ggz_line_crisis
from authorizations.domain.dbcs import DbcKind
from authorizations.domain.ggz_line_answers import Judged, Line, LineAnswer, LinePart, LineRule, between, lacking
from ggz_codes.domain import diagnostics, mandatory_care, shipped, vmr
from ggz_codes.domain.mandatory_care import LegalBasis
from ggz_codes.domain.validity import Validity

KNOWN_254 = "Nieuw zorgtype 254 bij ‘Geen behandeling vanwege VMR’"
STAY = "Verblijf met rechtvaardigheidsgrond (VMR) bij vervolg-dbc’s"
FIRST_LINE = "OZP’s eerstelijnsdiagnostiek"
SERIES_RULES = {"Verplichte GGZ": "G-27", "VMR": "G-24"}


def judge(line: Line, *, code: Validity | None = None, zorgtype: Validity | None = None) -> tuple[Judged, ...]:
    """
    Return every rule that applies to a line, in the order in which people check it.

    `code` and `zorgtype` are how a catalogue has them on the opening date; without, the list that ships says it.

    Bron: G-15 to G-32; R-27.
    """
    return tuple(_judged(line, code, zorgtype))


def outcome(judged: Sequence[Judged]) -> LineAnswer:
    """Return whether a line may be declared: one no is no, and one that isn't known leaves it unknown."""
    answers = {one.answer for one in judged}
    return next((one for one in (LineAnswer.NO, LineAnswer.UNKNOWN) if one in answers), LineAnswer.YES)


def worst_first(judged: Sequence[Judged]) -> tuple[Judged, ...]:
    """Return what stands in the way before what isn't known, and that before what is in order."""
    order = (LineAnswer.NO, LineAnswer.UNKNOWN, LineAnswer.YES)
    return tuple(sorted(judged, key=lambda one: order.index(one.answer)))


def _judged(line: Line, code: Validity | None, zorgtype: Validity | None) -> Iterator[Judged]:
    if line.part is LinePart.FIRST_LINE:
        yield from _first_line(line)
        return
    yield ggz_line_codes.code(line, code)
    yield ggz_line_codes.zorgtype(line, zorgtype)
    for found in (
        _kind(line),
        ggz_line_codes.together(line),
        ggz_line_codes.minutes(line),
        ggz_line_crisis.choice(line),
        ggz_line_crisis.declarant(line),
        _preparation(line),
        _zorgtype_254(line),
        _stay(line),
    ):
        if found:
            yield found


def _kind(line: Line) -> Judged | None:
    """Judge whether a zorgtype is for this kind of dbc; that of a crisis is for both. Bron: G-24, G-27, G-32; G-33."""
    known = shipped.zorgtypes().get(line.zorgtype)
    kinds = dbcs.SERIES.get(line.zorgtype[:1], tuple(DbcKind)) if known else tuple(DbcKind)
    if known is None or len(kinds) > 1:
        return None
    rules, under = (SERIES_RULES.get(known.group, "G-32"),), f"zorgtype {known.code}"
    fits = "een eerste dbc (initieel)" if kinds == (DbcKind.INITIAL,) else "een vervolg-dbc"
    if line.kind is None:
        return lacking(LineRule.KIND, rules, under, ["of het een eerste dbc of een vervolg is"])
    if line.kind in kinds:
        return Judged(LineRule.KIND, LineAnswer.YES, rules, under, f"Zorgtype {known.code} is voor {fits}.")
    do = "Kies een ander zorgtype, of controleer of het een vervolg is."
    return Judged(LineRule.KIND, LineAnswer.NO, rules, under, f"Zorgtype {known.code} is alleen voor {fits}.", do)


def _preparation(line: Line) -> Judged | None:
    """Judge the preparation of a zorgmachtiging. Bron: G-28."""
    if line.code != mandatory_care.PREPARATION:
        return None
    most = line.assessments if line.assessments is not None else (line.registered or 0)
    least = line.assessments or 0
    best = mandatory_care.preparation(
        line.basis or LegalBasis.ZORGMACHTIGING,
        requested=line.requested is not False,
        assessments=most,
        registered=line.registered or 0,
    )
    worst = mandatory_care.preparation(
        line.basis or LegalBasis.CRISISMAATREGEL,
        requested=line.requested is True,
        assessments=least,
        registered=least + 1 if line.registered is None else line.registered,
        dbc_zorgtype=line.zorgtype,
    )
    lacks = {
        "of het om een zorgmachtiging of een crisismaatregel gaat": line.basis,
        "of de Officier van Justitie de geneesheer-directeur erom vroeg": line.requested,
        "hoeveel beoordelingen er waren": line.assessments,
        f"hoe vaak u {line.code} registreert": line.registered,
    }
    do = f"Declareer {line.code} niet, of verbeter het aantal of het verzoek."
    return between(LineRule.PREPARATION, ("G-28",), "Voorbereiding zorgmachtiging", best, worst, lacks, do)


def _zorgtype_254(line: Line) -> Judged | None:
    """Judge zorgtype 254 with 25B144, and say where it seems to be the one. Bron: G-24, G-25."""
    rules, follow_up = ("G-24", "G-25"), line.kind is DbcKind.VERVOLG
    if line.zorgtype != vmr.ZORGTYPE and line.code != vmr.PRESTATIE:
        since = line.opened_on is not None and line.opened_on >= vmr.SINCE
        if not (line.zorgtype and since and follow_up and line.vmr and line.minutes == 0):
            return None
        why = f"Dit is een vervolg-dbc met VMR en zonder behandeling. Daarvoor noemt de bron {vmr.ZORGTYPE}."
        do = f"Kijk of de dbc zorgtype {vmr.ZORGTYPE} moet hebben, met {vmr.PRESTATIE}."
        return Judged(LineRule.ZT254, LineAnswer.UNKNOWN, rules, KNOWN_254, why, do)
    best = vmr.zorgtype_254(
        follow_up=line.kind is not DbcKind.INITIAL, vmr=line.vmr is not False, minutes=line.minutes or 0
    )
    worst = vmr.zorgtype_254(
        follow_up=follow_up, vmr=line.vmr is True, minutes=1 if line.minutes is None else line.minutes
    )
    do = f"Gebruik {vmr.ZORGTYPE} met {vmr.PRESTATIE} alleen voor een vervolg-dbc met VMR en zonder behandeling."
    return between(LineRule.ZT254, rules, KNOWN_254, best, worst, _stay_lacks(line), do)


def _stay(line: Line) -> Judged | None:
    """
    Judge a stay: with treatment it may. Without, until the end of 2019 it may not; from then on it may in a vervolg-dbc
    with VMR. Of other stays without treatment the source says no more than that the demand was lifted.

    Bron: G-17, G-23.
    """
    if not (line.part is LinePart.STAY or line.vmr or line.code in ggz_line_codes.stays()):
        return None
    rules, lacks = ("G-23",), {**_stay_lacks(line), "wanneer de dbc is geopend": line.opened_on}
    if line.minutes:
        told = "Er is ook behandeling. Verblijf mag samen met behandeling."
        return Judged(LineRule.STAY, LineAnswer.YES, rules, STAY, told)
    only = vmr.only_vmr(
        follow_up=line.kind is DbcKind.VERVOLG,
        vmr=line.vmr is True,
        minutes=0,
        opened_on=line.opened_on or vmr.SINCE - timedelta(days=1),
    )
    if only.allowed:
        return Judged(LineRule.STAY, LineAnswer.YES, rules, STAY, " ".join(only.reasons))
    if line.opened_on and line.opened_on < vmr.SINCE and line.minutes == 0:
        do = "Declareer het verblijf niet, of controleer de minuten en de dag van opening."
        return Judged(LineRule.STAY, LineAnswer.NO, rules, STAY, only.reasons[-1], do)
    other = line.kind is DbcKind.INITIAL or line.vmr is False
    if other and line.opened_on and line.minutes == 0:
        known = vmr.only_vmr(
            follow_up=line.kind is not DbcKind.INITIAL, vmr=line.vmr is not False, minutes=0, opened_on=line.opened_on
        )
        why = f"{' '.join(known.reasons)} Van ander verblijf zonder behandeling zegt de bron niet of het mag."
        return Judged(LineRule.STAY, LineAnswer.UNKNOWN, rules, STAY, why, "Vraag de verzekeraar of dit verblijf mag.")
    return lacking(LineRule.STAY, rules, STAY, [name for name, value in lacks.items() if value is None])


def _stay_lacks(line: Line) -> dict[str, object]:
    return {
        "of het een eerste dbc of een vervolg is": line.kind,
        "of er verblijf met rechtvaardigingsgrond (VMR) is": line.vmr,
        "hoeveel minuten behandeling er zijn": line.minutes,
    }


def _first_line(line: Line) -> Iterator[Judged]:
    """Judge eerstelijnsdiagnostiek on its own: by the day alone, as the source names no codes. Bron: G-29."""
    rules, day = ("G-29",), _day_of_first_line(line)
    why = "De bron noemt geen codes voor eerstelijnsdiagnostiek (ozp)."
    do = "Kijk in de lijst van de NZa of dit er een is."
    yield Judged(LineRule.CODE, LineAnswer.UNKNOWN, rules, FIRST_LINE, why, do)
    if day is None:
        yield lacking(LineRule.FIRST_LINE, rules, FIRST_LINE, ["op welke dag de diagnostiek was"])
        return
    found = diagnostics.apart_from_the_tariff(day)
    yield between(LineRule.FIRST_LINE, rules, FIRST_LINE, found, found, {}, "Declareer haar niet apart.")


def _day_of_first_line(line: Line) -> date | None:
    # What belongs to a dbc of 2020 can't have been done before.
    since = line.opened_on and line.opened_on >= diagnostics.IN_TARIFF_SINCE
    return line.performed_on or (line.opened_on if since else None)
