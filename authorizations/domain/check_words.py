"""
What the outcome of a check means, in words: the answer, why it is so, what stands out, and by which source.

Bron: checks.md (values of the result columns); R-02, R-06, R-10 to R-12, R-17.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from authorizations.domain import exemption, forecast, ggz_checks, subtrajects, weighting, words
from authorizations.domain.checks import Row
from authorizations.domain.signals import SignalCode
from authorizations.domain.subtrajects import Ground, NoOpening
from kit import dates

ZK = "Zilveren Kruis, “Openen en sluiten subtraject”"
NZA = "NZa, regeling medisch-specialistische zorg"
ZK_INFORMATION = "Zilveren Kruis, “Welke informatie hebben wij nodig?”, laatste alinea"


@dataclass(frozen=True)
class Told:
    """An outcome as people read it; every signal has its name and what it means."""

    title: str
    lines: tuple[str, ...] = ()
    signals: tuple[tuple[str, str], ...] = ()
    source: str = ""


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


def _machtigingsplicht(row: Row, result: Mapping[str, str]) -> Told:
    answer, reason = exemption.Answer(result["machtiging_nodig"]), exemption.Reason(result["reden"])
    # A contract speaks for itself: the source is about who has none.
    return Told(answer.label, (reason.label,), source="" if answer is exemption.Answer.CONTRACT else ZK_INFORMATION)


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


TELLING: Mapping[str, Callable[[Row, Mapping[str, str]], Told]] = {
    "afsluiting": _afsluiting,
    "vervolg": _vervolg,
    "machtigingsplicht": _machtigingsplicht,
    "weging": _weging,
    "ggz": _ggz,
}


def _day(text: str) -> str:
    return words.day(_read(text))


def _read(text: str) -> date:
    # What was judged is a day.
    found = dates.read(text)
    assert found is not None  # noqa: S101
    return found
