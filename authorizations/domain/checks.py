"""
The checks ("toetsen"): one rule each, from a row of texts to a row of texts. Every door goes through this table.

Bron: checks.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from authorizations.domain import (
    claim_terms,
    exemption,
    ggz_checks,
    ggz_line_rows,
    identifiers,
    n0496,
    subtrajects,
    weighting,
)
from authorizations.domain.check_values import Unjudgeable, read_count, read_day, read_year, read_yes_no
from authorizations.domain.claim_terms import Regime
from authorizations.domain.policy import Closing, Policy, Reading
from authorizations.domain.signals import SignalCode
from authorizations.domain.subtrajects import Activity

Row = Mapping[str, str]
N0496_FLAGS = {
    "is_verrichting": "verrichting",
    "wbmv": "wbmv",
    "invoiced_between_providers": "od_gefactureerd",
    "billed_apart": "los_te_factureren",
    "addon_medicine": "addon_geneesmiddel",
    "physiotherapy": "fysiotherapie",
    "admitted": "klinische_opname",
}
N0496_COLUMNS = {**N0496_FLAGS, "unit": "eenheid", "performed_on": "uitvoerdatum", "years": "controlejaren"}
INDICATIONS = {"chronische_pijn": True, "overig": False}


@dataclass(frozen=True)
class Toets:
    """A check: the columns it reads, the columns it gives, and the rule between them."""

    name: str
    title: str
    takes: tuple[str, ...]
    gives: tuple[str, ...]
    judge: Callable[[Row, Policy | None], tuple[str, ...]]
    # What stands in a column, for who writes a program; a column without is plain text.
    described: Mapping[str, str] = field(default_factory=dict)


def judge(toets: Toets, row: Row, policy: Policy | None = None) -> dict[str, str]:
    """
    Return the result columns of this row; without a policy the defaults of checks.md hold.

    :raises Unjudgeable: naming the column and the value
    """
    return dict(zip(toets.gives, toets.judge(row, policy), strict=True))


def _machtigingsplicht(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge whether a machtiging is needed. Bron: Z-25 to Z-27; R-03; checks.md, `machtigingsplicht`."""
    contracted, intake = _yes_no(row, "gecontracteerd"), _yes_no(row, "intake")
    used = [_code("eerder_zonder_machtiging", text) for text in row["eerder_zonder_machtiging"].split()]
    reading = _reading(row["lezing"], policy)
    if contracted is None:
        raise Unjudgeable("gecontracteerd: leeg, vul ja of nee in")
    code = row["code"].strip()
    if not contracted and not code:
        raise Unjudgeable("code: leeg, vul een declaratiecode in")
    code = _code("code", code) if code else ""
    if intake is None and not contracted and code in exemption.CODES:
        raise Unjudgeable("intake: leeg, vul ja of nee in")
    found = exemption.needed(contracted=contracted, intake=bool(intake), used_before=used, code=code, reading=reading)
    return found.answer.value, found.reason.value


def _weging(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Weigh the activities of a subtraject. Bron: Z-23, Z-24; R-17; checks.md, `weging`."""
    days = row["verpleegdagen"].strip()
    if days:
        read_count("verpleegdagen", days)
    units = [_activity(text) for text in row["activiteiten"].split()]
    try:
        weighed = weighting.weigh(units)
    except weighting.UnknownActivity as unknown:
        raise Unjudgeable(f"activiteiten: van '{unknown}' is geen gewicht bekend ({weighting.LABEL})") from None
    return f"{weighed.minutes}", f"{weighed.hours}".replace(".", ","), weighed.exempt_code


def _afsluiting(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge whether and how a subtraject closes. Bron: Z-31 to Z-35; R-02, R-04 to R-11; checks.md, `afsluiting`."""
    opened_on, judged_on = _day(row, "geopend_op"), _day(row, "peildatum")
    finished_on = _day_if_any(row, "afgerond_op")
    activities = [_performed(text) for text in row["activiteiten"].split()]
    pain = _indication(row["indicatie"])
    by = policy.closing if policy else Closing.BRON
    if finished_on and finished_on < opened_on:
        raise Unjudgeable(f"afgerond_op: '{row['afgerond_op']}' ligt voor geopend_op")
    if early := next((one.performed_on for one in activities if one.performed_on < opened_on), None):
        raise Unjudgeable(f"activiteiten: '{early}' ligt voor geopend_op")
    found = subtrajects.closing(
        opened_on=opened_on,
        performed_on=subtrajects.counted(activities, known_on=judged_on),
        finished_on=finished_on,
        judged_on=judged_on,
        by=by,
    )
    signals = subtrajects.signals(
        opened_on=opened_on,
        activities=activities,
        # What isn't known matters only where chronic pain would give its signal.
        chronic_pain=pain is not False,
        finished_on=finished_on,
        judged_on=judged_on,
        by=by,
    )
    if pain is None and SignalCode.PAIN_120 in signals:
        raise Unjudgeable("indicatie: leeg, vul chronische_pijn of overig in")
    closed = ("ja", found.closed_on.isoformat(), found.code) if found else ("nee", "", "")
    return *closed, " ".join(signals)


def _vervolg(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge on which day the vervolg opens. Bron: R-12; checks.md, `vervolg`."""
    next_activity_on = _day_if_any(row, "volgende_activiteit")
    opening = subtrajects.vervolg(closed_on=_day(row, "gesloten_op"), next_activity_on=next_activity_on)
    return (str(opening),)


def _ggz(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge a case by a rule of the GGZ page. Bron: G-15 to G-31; checks.md, `ggz`."""
    return (str(ggz_checks.answer(row["regel"], row["invoer"]).outcome),)


def _ggz_regel(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge a whole line of a GGZ declaration by every rule that applies. Bron: G-15 to G-32; R-27."""
    return ggz_line_rows.results(ggz_line_rows.judge(row))


def _indientermijn(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge whether a claim came in time, or a payment. Bron: R-26; G-08 to G-13, A-40, A-44; checks.md."""
    started_on, handed_in_on = _day_if_any(row, "startdatum"), _day_if_any(row, "indiendatum")
    given_year = row["schadejaar"].strip()
    damage_year = read_year("schadejaar", given_year) if given_year else None
    regime = _regime(row["regime"])
    resubmission = _two_digits(row, "code_herdeclaratie") if regime is Regime.ZK_GGZ else ""
    if claim_terms.needs_damage_year(regime, resubmission) and damage_year is None:
        raise Unjudgeable("schadejaar: leeg, vul het jaar in waarin de dbc is geopend")
    if claim_terms.needs_start(regime, resubmission):
        started_on, handed_in_on = _day(row, "startdatum"), _day(row, "indiendatum")
    term = claim_terms.term(
        regime, resubmission=resubmission, damage_year=damage_year, started_on=started_on or date.min
    )
    found = claim_terms.judge(term, handed_in_on or date.min)
    return term.last_day.isoformat() if term.last_day else "", found.outcome.value, found.return_code


def _n0496(row: Row, policy: Policy | None) -> tuple[str, ...]:
    """Judge whether an activity hangs on a subtraject where it may not. Bron: N-02 to N-13; R-28; checks.md."""
    years = frozenset(read_year("controlejaren", text) for text in row["controlejaren"].split())
    one = n0496.Performed(
        **{field: _yes_no(row, column) for field, column in N0496_FLAGS.items()},
        unit=row["eenheid"].strip().upper() or None,
        performed_on=_day_if_any(row, "uitvoerdatum"),
        zorgtype=_two_digits(row, "subtraject_zt"),
        closed_on=_day_if_any(row, "subtraject_sluitdatum"),
        tariff_type=_two_digits(row, "tarieftype"),
        years=years or None,
    )
    try:
        found = n0496.judge(one)
    except n0496.Unknown as unknown:
        raise Unjudgeable(f"{N0496_COLUMNS[unknown.field]}: leeg, terwijl de uitkomst ervan afhangt") from None
    return "ja" if found.signals else "nee", found.reason.value, found.article


TOETSEN = {
    toets.name: toets
    for toets in (
        Toets(
            "afsluiting",
            "Is het subtraject gesloten?",
            ("geopend_op", "indicatie", "activiteiten", "afgerond_op", "peildatum"),
            ("gesloten", "sluitdatum", "reden", "signalen"),
            _afsluiting,
        ),
        Toets(
            "vervolg",
            "Wanneer begint het vervolg?",
            ("gesloten_op", "volgende_activiteit"),
            ("vervolg",),
            _vervolg,
        ),
        Toets(
            "indientermijn",
            "Is de declaratie op tijd?",
            ("regime", "code_herdeclaratie", "schadejaar", "startdatum", "indiendatum"),
            ("uiterste_datum", "uitkomst", "retourcode"),
            _indientermijn,
            {
                "regime": f"Een van {', '.join(Regime)}.",
                "startdatum": "De sluitdatum van de dbc (01), de dag van de retourinformatie (02 en 03), een dag in "
                "de laatste maand van de zorg (ASR_MSZ), of de dag van ontvangst (ASR_BETALING).",
                "indiendatum": "De dag van indienen, of bij ASR_BETALING de dag van betalen.",
            },
        ),
        Toets(
            "machtigingsplicht",
            "Is een machtiging nodig?",
            ("gecontracteerd", "intake", "eerder_zonder_machtiging", "code", "lezing"),
            ("machtiging_nodig", "reden"),
            _machtigingsplicht,
        ),
        Toets(
            "n0496",
            "Staat deze activiteit op het goede subtraject? (N0496)",
            (
                *("verrichting", "wbmv", "od_gefactureerd", "eenheid", "los_te_factureren", "uitvoerdatum"),
                *("subtraject_zt", "subtraject_sluitdatum", "controlejaren", "addon_geneesmiddel", "tarieftype"),
                *("fysiotherapie", "klinische_opname"),
            ),
            ("gesignaleerd", "reden", "artikel"),
            _n0496,
            {
                **dict.fromkeys(N0496_FLAGS.values(), "J of N."),
                "eenheid": "ZP voor een heel zorgproduct, anders bijvoorbeeld OZP of ZA.",
                "subtraject_zt": "Het zorgtype van het subtraject; leeg als de activiteit nergens is gekoppeld.",
                "subtraject_sluitdatum": "Leeg als het subtraject open is.",
                "controlejaren": "De jaren van de controle en van de Handreiking, met spaties ertussen.",
            },
        ),
        Toets(
            "weging",
            "Gewogen behandeluren",
            ("activiteiten", "verpleegdagen"),
            ("gewogen_minuten", "gewogen_uren", "vrijgestelde_code"),
            _weging,
        ),
        Toets(
            "ggz",
            "Regels van de GGZ",
            ("regel", "invoer"),
            ("uitkomst",),
            _ggz,
            {
                "regel": f"De naam van de regel: {', '.join(ggz_checks.RULES)}.",
                "invoer": "Paren naam=waarde met spaties ertussen. "
                + " ".join(f"{rule.name}: {rule.written}." for rule in ggz_checks.RULES.values()),
            },
        ),
        Toets(
            "ggz_regel",
            "Mag u deze regel van de GGZ declareren?",
            ggz_line_rows.TAKES,
            ggz_line_rows.GIVES,
            _ggz_regel,
            ggz_line_rows.DESCRIBED,
        ),
    )
}


def _yes_no(row: Row, column: str) -> bool | None:
    return read_yes_no(column, row[column])


def _two_digits(row: Row, column: str) -> str:
    text = row[column].strip()
    if text and not re.fullmatch(r"[0-9]{2}", text):
        raise Unjudgeable(f"{column}: '{row[column]}' is geen code van 2 cijfers")
    return text


def _regime(text: str) -> Regime:
    try:
        return Regime(text.strip().upper())
    except ValueError:
        told = f"'{text}' is er niet" if text.strip() else "leeg"
        raise Unjudgeable(f"regime: {told}, kies uit {', '.join(Regime)}") from None


def _code(column: str, text: str) -> str:
    try:
        return identifiers.declaratiecode(text)
    except ValueError:
        raise Unjudgeable(f"{column}: '{text}' is geen declaratiecode") from None


def _reading(text: str, policy: Policy | None) -> Reading:
    if not text.strip():
        return policy.exemption.reading if policy else Reading.A
    try:
        return Reading(text.strip().upper())
    except ValueError:
        raise Unjudgeable(f"lezing: '{text}' is geen A of B") from None


def _day(row: Row, column: str) -> date:
    day = _day_if_any(row, column)
    if day is None:
        raise Unjudgeable(f"{column}: leeg, vul een datum in")
    return day


def _day_if_any(row: Row, column: str) -> date | None:
    return read_day(column, row[column]) if row[column].strip() else None


def _indication(text: str) -> bool | None:
    name = text.strip().lower()
    if name and name not in INDICATIONS:
        raise Unjudgeable(f"indicatie: '{text}' is geen chronische_pijn of overig")
    return INDICATIONS.get(name)


def _performed(text: str) -> Activity:
    """Read date[#zorgprofielklasse][@registered on]."""
    performed, at, registered = text.partition("@")
    day, sign, profile_class = performed.partition("#")
    if sign and not (profile_class.isascii() and profile_class.isdigit() and len(profile_class) < 3):
        raise Unjudgeable(f"activiteiten: '{text}' is geen datum met zorgprofielklasse, zoals 2021-02-01#14")
    return Activity(
        read_day("activiteiten", day),
        int(profile_class) if sign else subtrajects.REHABILITATION,
        read_day("activiteiten", registered) if at else None,
    )


def _activity(text: str) -> tuple[str, int]:
    code, times, number = text.lower().partition("x")
    if not times or not code.isascii() or len(code) != 6 or not code.isdigit():
        raise Unjudgeable(f"activiteiten: '{text}' is geen zorgactiviteit met aantal, zoals 190960x4")
    return code, read_count("activiteiten", number)
