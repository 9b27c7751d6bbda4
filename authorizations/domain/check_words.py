"""
What the outcome of a check means, in words: the answer, why it is so, what stands out, and by which source.

Bron: checks.md (values of the result columns); R-02, R-06, R-10 to R-12, R-17, R-26, R-28.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from authorizations.domain import (
    claim_terms,
    exemption,
    forecast,
    ggz_checks,
    ggz_line_rows,
    ggz_lines,
    n0496,
    subtrajects,
    weighting,
    words,
)
from authorizations.domain.checks import Row
from authorizations.domain.claim_terms import ClaimOutcome, Regime
from authorizations.domain.ggz_line_answers import SOURCE as GGZ
from authorizations.domain.ggz_line_answers import Judged, LineAnswer
from authorizations.domain.n0496 import Branch, N0496Reason
from authorizations.domain.signals import SignalCode
from authorizations.domain.subtrajects import Ground, NoOpening
from kit import dates

ZK = "Zilveren Kruis, “Openen en sluiten subtraject”"
NZA = "NZa, regeling medisch-specialistische zorg"
ZK_GGZ = "Zilveren Kruis, “Declareren & machtigen GGZ” 2020, “Indientermijn”"
ASR = "a.s.r., “Medisch specialistische zorg” 2020, “Declareren” en “Indientermijn”"
ZK_INFORMATION = "Zilveren Kruis, “Welke informatie hebben wij nodig?”, laatste alinea"


@dataclass(frozen=True)
class Told:
    """An outcome as people read it; every signal has its name and what it means."""

    title: str
    lines: tuple[str, ...] = ()
    signals: tuple[tuple[str, str], ...] = ()
    source: str = ""
    judged: tuple[Judged, ...] = ()
    """Of a check that holds a case against several rules: what each of them says."""


SIGNALS = {
    SignalCode.CONTRARY_TO_NZA: "Volgens de bron sluit het subtraject op de dag van de afronding. Volgens de NZa "
    "blijft het open tot er 42 dagen geen activiteit is geweest. Kijk welke dag u declareert.",
    SignalCode.INEFFICIENT: "De behandeling is niet afgerond, en er was meer dan 42 dagen geen activiteit. De "
    "verzekeraar kan vragen waarom.",
    SignalCode.PAIN_120: "De behandeling van chronische pijn was na 120 dagen niet afgerond. Dat kan alleen bij een "
    "zeer uitzonderlijke reden, en die legt u uit in de aanvraag.",
    SignalCode.AFTER_FINISHED: "Er is een activiteit na de dag waarop de behandeling is afgerond. Klopt de datum van "
    "de afronding, of die van de activiteit?",
}


def tell(name: str, row: Row, result: Mapping[str, str]) -> Told:
    """Return the outcome of this check in words; one that has none of its own is told by its columns."""
    if name not in TELLING:
        return Told("De uitkomst", tuple(f"{column}: {value or 'leeg'}" for column, value in result.items()))
    return TELLING[name](row, result)


def _afsluiting(row: Row, result: Mapping[str, str]) -> Told:
    signals = tuple((SignalCode(code).label, SIGNALS[SignalCode(code)]) for code in result["signalen"].split())
    source = f"{ZK}; {NZA}"
    if result["gesloten"] == "nee":
        line = (
            "Er is dan geen grond om te sluiten: er zijn geen 42 dagen zonder activiteit voorbij, en het subtraject is "
            "geen 120 dagen open."
        )
        title = f"Nee, op {_day(row['peildatum'])} is het subtraject niet gesloten"
        return Told(title, (line,), signals, source)
    why = forecast.closing_words([Ground(ground) for ground in result["reden"].split("+")])
    title = f"Ja, het subtraject is gesloten op {_day(result['sluitdatum'])}"
    return Told(title, (f"De reden: {why}.",), signals, source)


def _vervolg(row: Row, result: Mapping[str, str]) -> Told:
    said = result["vervolg"]
    if said == NoOpening.NONE:
        line = (
            "De volgende activiteit is niet na de sluitdatum. Zij hoort bij het gesloten subtraject."
            if row["volgende_activiteit"].strip()
            else "Er is geen volgende activiteit."
        )
        return Told("Er begint geen vervolg", (line,), source=NZA)
    most = 3 * subtrajects.LONGEST.days
    if said == NoOpening.NEW_ZORGTRAJECT:
        line = f"De volgende activiteit is meer dan {most} dagen na de sluiting. Dan is een nieuw zorgtraject nodig."
        return Told("Er begint een nieuw zorgtraject", (line,), source=NZA)
    days = (date.fromisoformat(said) - _read(row["gesloten_op"])).days
    longest = subtrajects.LONGEST.days
    line = f"De volgende activiteit is binnen {longest} dagen. Het vervolg begint dan op de dag na de sluiting."
    if days > 1:
        line = f"De volgende activiteit is meer dan {days - 1} dagen na de sluiting. Het vervolg begint op dag {days}."
    return Told(f"Het vervolg begint op {_day(said)}", (line,), source=NZA)


PAID, HANDED_IN = "Betaald", "Ingediend"
AFTER_TOO_LATE = "Was er overmacht of een calamiteit? Dan kunt u de verzekeraar om coulance vragen."
# Where nothing is counted, this is why.
NO_TERM: Mapping[Regime, str] = {
    Regime.ZK_GGZ: "Wij kennen de termijn van deze code niet. Vraag de verzekeraar ernaar.",
    Regime.ASR_UNCONTRACTED: "Zonder contract declareert u niet zelf. De nota gaat naar de verzekerde, met de gegevens "
    "van de restitutienota van Vektis. De verzekerde dient hem in.",
    Regime.INSURED: "Voor verzekerden geldt de wettelijke termijn. De bron noemt die niet.",
}


def _indientermijn(row: Row, result: Mapping[str, str]) -> Told:
    regime, outcome = Regime(row["regime"].strip().upper()), ClaimOutcome(result["uitkomst"])
    source = ZK_GGZ if regime is Regime.ZK_GGZ else ASR
    if not result["uiterste_datum"]:
        return Told(outcome.label, (NO_TERM[regime] if _unknown(outcome) else _endless(row),), source=source)
    term = claim_terms.term(
        regime,
        resubmission=row["code_herdeclaratie"].strip(),
        damage_year=int(row["schadejaar"].strip() or 0),
        started_on=_read(row["startdatum"]),
    )
    assert term.start is not None  # noqa: S101  # who has a last day has a start
    last, given = _read(result["uiterste_datum"]), _read(row["indiendatum"])
    lines = [
        f"De laatste dag is {words.day(last)}: {term.length} na {term.start.label}. Die dag zelf telt nog mee.",
        f"{PAID if regime is Regime.ASR_PAYMENT else HANDED_IN} op {words.day(given)}. {_days_apart(last, given)}",
    ]
    if result["retourcode"]:
        lines.append(f"Retourcode {result['retourcode']}: de declaratie is te laat ingediend. {AFTER_TOO_LATE}")
    elif given > last and outcome is ClaimOutcome.ALLOWED:
        lines.append(f"Wat is ingediend voor {words.day(claim_terms.CHECKED_FROM)}, wijst Zilveren Kruis niet af.")
    elif outcome is ClaimOutcome.REFUSED:
        lines.append("De bron noemt hier geen retourcode bij.")
    return Told(outcome.label, tuple(lines), source=source)


def _unknown(outcome: ClaimOutcome) -> bool:
    return outcome in (ClaimOutcome.UNDETERMINED, ClaimOutcome.NOT_HERE)


def _endless(row: Row) -> str:
    if row["code_herdeclaratie"].strip() == claim_terms.INITIAL:
        return (
            f"De controle geldt vanaf schadejaar {claim_terms.FIRST_DAMAGE_YEAR}. Voor een eerder jaar kennen wij de "
            "termijn niet, en wordt niets afgewezen."
        )
    return "Voor deze code geldt de indientermijn niet, bijvoorbeeld na een controle achteraf."


def _days_apart(last: date, given: date) -> str:
    days = (given - last).days
    if not days:
        return "Dat is de laatste dag."
    counted = "1 dag" if abs(days) == 1 else f"{words.number(abs(days))} dagen"
    return f"Dat is {counted} {'te laat' if days > 0 else 'ervoor'}."


def _machtigingsplicht(row: Row, result: Mapping[str, str]) -> Told:
    answer, reason = exemption.Answer(result["machtiging_nodig"]), exemption.Reason(result["reden"])
    # A contract speaks for itself: the source is about who has none.
    return Told(answer.label, (reason.label,), source="" if answer is exemption.Answer.CONTRACT else ZK_INFORMATION)


def _n0496(row: Row, result: Mapping[str, str]) -> Told:
    reason = N0496Reason(result["reden"])
    if reason is not N0496Reason.SIGNAL:
        return Told("Nee, geen signaal", (f"{reason.label}.",), source=n0496.NORM)
    years = row["controlejaren"].split()
    apart = row["los_te_factureren"].strip().lower() in ("j", "ja")
    performed = str(_read(row["uitvoerdatum"]).year) if row["uitvoerdatum"].strip() else ""
    branch = Branch.PERFORMED if apart and performed in years else Branch.CLOSED
    year = int(performed) if branch is Branch.PERFORMED else _read(row["subtraject_sluitdatum"]).year
    lines = [f"De activiteit is {branch.label}. Het zorgtype is {row['subtraject_zt'].strip()}."]
    if year in n0496.DEFINITIONS:
        lines.append(f"Onderlinge dienstverlening was in {year}: {n0496.DEFINITIONS[year]}.")
    lines.append(f"Regelgeving van {year}: {result['artikel']}.")
    lines.append(
        "Ontkoppel de verrichting van het subtraject. Wat dat scheelt in geld, is niet bekend zonder de grouper."
    )
    return Told(reason.label, tuple(lines), source=n0496.NORM)


def _weging(row: Row, result: Mapping[str, str]) -> Told:
    minutes, code = int(result["gewogen_minuten"]), result["vrijgestelde_code"]
    caps = {code: cap for cap, code in weighting.CAPS}
    if code:
        line = f"Dat past bij {code}: die is er tot en met {caps[code]} gewogen minuten."
    elif not minutes:
        line = "Er is niets te wegen."
    else:
        names = words.listing(list(caps), "of")
        line = f"Dat is meer dan {max(caps.values())} gewogen minuten. Het past niet bij {names}."
    title = f"{words.number(minutes)} gewogen minuten, dat is {result['gewogen_uren']} uur"
    return Told(title, (line, f"Een schatting ({weighting.LABEL})."), source=weighting.SOURCE)


def _ggz(row: Row, result: Mapping[str, str]) -> Told:
    answer = ggz_checks.answer(row["regel"], row["invoer"])
    return Told(answer.title, answer.lines, source=answer.source)


LINES = {
    LineAnswer.YES: ("Ja, dit mag u zo declareren", "Geen van de regels hieronder zegt nee. De verzekeraar beslist."),
    LineAnswer.NO: ("Nee, dit mag u zo niet declareren", "Hieronder staat waarom niet, en wat u kunt doen."),
    LineAnswer.UNKNOWN: (
        "Dat is niet te zeggen",
        "Geen van de regels hieronder zegt nee. Van minstens 1 regel is het antwoord niet bekend.",
    ),
}


def _ggz_regel(row: Row, result: Mapping[str, str]) -> Told:
    title, line = LINES[LineAnswer(result["declarabel"])]
    return Told(title, (line,), source=GGZ, judged=ggz_lines.worst_first(ggz_line_rows.judge(row)))


TELLING: Mapping[str, Callable[[Row, Mapping[str, str]], Told]] = {
    "afsluiting": _afsluiting,
    "vervolg": _vervolg,
    "indientermijn": _indientermijn,
    "machtigingsplicht": _machtigingsplicht,
    "n0496": _n0496,
    "weging": _weging,
    "ggz": _ggz,
    "ggz_regel": _ggz_regel,
}


def _day(text: str) -> str:
    return words.day(_read(text))


def _read(text: str) -> date:
    # What was judged is a day.
    found = dates.read(text)
    assert found is not None  # noqa: S101
    return found
