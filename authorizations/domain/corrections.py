"""
A letter with a mistake in its words, made anew: what was written wrong, what must stand there, and nothing else.

What the letter says of the decision (the outcome, the numbers, codes, days and hours, the verdicts) can't be corrected:
that would be another decision. Nor can the words in its texts that turn one around, such as "niet" or "alleen": one
word in a motivation can take back what the head of the letter gives. Names, addresses and spelling can. Which words
weigh so is our own choice; no source names them. Bron: R-21 (after the decision the file is immutable); domain.md
section 6.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from authorizations.domain.obstacles import Obstacle

TAG = re.compile(r"(<[^>]*>)")
SAYS_THE_DECISION = re.compile(
    r'<h1>.*?</h1>|<div class="decision">.*?</div>|<table class="(?:care|hours)">.*?</table>|<strong>.*?</strong>'
    r"|<dt>(?:Machtigingsnummer|Kenmerk)</dt>\s*<dd>.*?</dd>",
    re.DOTALL,
)
DATE_MARK = re.compile(r"(<dt>Datum</dt>\s*<dd>).*?(</dd>)", re.DOTALL)
NOTICE = re.compile(r'<div class="replaces">.*?</div>\s*', re.DOTALL)
# All that speaks of the decision. Before it stand the addresses, after it how to reach us and who signs.
SPEAKS = re.compile(r"<main>(.*?)(?:<h2>Vragen\?</h2>|</main>|\Z)", re.DOTALL)
WORD = re.compile(r"\d[\d.,:/-]*\d|[^\W_]+")
# Words that weigh as they stand; words that weigh in every form, also after "on"; numbers in words.
EXACT = re.compile(
    "niet|niets|niks|geen|noch|nooit|nimmer|zonder|behalve|tenzij|mits|indien|hoogstens|hooguit|maximaal|minimaal|"
    "minstens|wel|alsnog|toch|alleen|slechts|uitsluitend|enkel|deels|toe|af|één|half|halve|dubbel|dubbele|"
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "uur|uren|dag|dagen|week|weken|maand|maanden|jaar|jaren|minuut|minuten|procent"
)
STEM = re.compile(
    "(?:on)?(?:"
    "toegeken|toeken|toekent|toegew|toewijz|toegestaan|toestem|afgew|afwijz|afgekeur|afkeur|geweiger|weiger|goedgekeur|"
    "goedkeur|akkoord|verleen|verlen|ingestem|instem|ingetrokken|intrek|verval|geldig|geldt|gelden|beëindig|gestopt|"
    "voldaan|voldoe|voldoende|gedeelte|deel|nodig|noodzak|doelmat|effectie|passend|geschikt|redelijk|verzekerd|gegrond|"
    "aanspraak|recht|vergoed|bevestig|herzie)"
)
COUNT = re.compile(
    "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|dertien|veertien|twintig|dertig|veertig|eenen|eenmaal|"
    "éénmaal|honderd"
)
MOST_WORDS = 6
"""So many words may go, and as many may come, in one correction: more is no slip."""
INSTEAD = (
    "Met een nieuwe brief herstelt u alleen fouten in namen, adressen en spelling. Moet het besluit anders? "
    "Dat kan na een verzoek om heroverweging, of na een verzoek om de machtiging te wijzigen."
)


@dataclass(frozen=True)
class Mistake:
    """Words that stand in the letter, and the words that must stand there."""

    wrong: str
    right: str


def obstacles(letters: Sequence[str], mistakes: Sequence[Mistake], because: str) -> list[Obstacle]:
    """Return why these letters can't be corrected so; `row` is the mistake that it is about."""
    found = [] if mistakes else [Obstacle("no_mistake", "Vul minstens 1 verbetering in.", row=0, field="wrong")]
    for row, mistake in enumerate(mistakes):
        if not mistake.wrong.strip():
            found.append(Obstacle("wrong_missing", "Vul in wat er nu staat.", row=row, field="wrong"))
        elif mistake.wrong == mistake.right:
            found.append(Obstacle("nothing_changes", "Hier verandert niets.", row=row, field="right"))
        elif not any(_stands_in(mistake, letter) for letter in letters):
            message = "Deze woorden staan niet zo in de brief. Neem ze letter voor letter over, van één regel."
            found.append(Obstacle("not_found", message, row=row, field="wrong"))
        elif touched := [words for letter in letters for words in _touched(letter, mistakes[: row + 1])]:
            message = f"Dit hoort bij het besluit zelf ({', '.join(dict.fromkeys(touched))}). {INSTEAD}"
            found.append(Obstacle("touches_decision", message, row=row, field="wrong"))
        elif _size(mistake) > MOST_WORDS:
            message = f"Dit zijn meer dan {MOST_WORDS} andere woorden. {INSTEAD}"
            found.append(Obstacle("too_much", message, row=row, field="right"))
    if not because.strip():
        found.append(Obstacle("because_missing", "Schrijf wat er is verbeterd.", field="because"))
    return found


def changes(letter: str, mistakes: Sequence[Mistake]) -> bool:
    """Tell whether one of these mistakes stands in this letter."""
    return any(_stands_in(mistake, letter) for mistake in mistakes)


def sentence(because: str) -> str:
    """Return what was corrected as a sentence that another can follow."""
    because = because.strip()
    return because if because.endswith((".", "!", "?")) else f"{because}."


def corrected(letter: str, mistakes: Sequence[Mistake], *, because: str, replaces: str, today: str) -> str:
    """
    Return the text of the new letter: dated today, and saying which letter it takes the place of, and why.

    `replaces` is the day of the letter that it replaces, in words.
    """
    text = _replaced(NOTICE.sub("", letter), mistakes)
    text = DATE_MARK.sub(lambda found: found[1] + html.escape(today) + found[2], text, count=1)
    notice = (
        f'<div class="replaces"><p>Deze brief vervangt de brief van {html.escape(replaces)}. '
        f"Wat er is verbeterd: {html.escape(sentence(because))} Het besluit is niet veranderd.</p></div>"
    )
    return text.replace("<main>", f"<main>\n{notice}", 1)


def _stands_in(mistake: Mistake, letter: str) -> bool:
    wrong = html.escape(mistake.wrong)
    return any(wrong in part for part in TAG.split(NOTICE.sub("", letter)) if not part.startswith("<"))


def _replaced(letter: str, mistakes: Sequence[Mistake]) -> str:
    parts = TAG.split(letter)
    for number, part in enumerate(parts):
        if not part.startswith("<"):
            for mistake in (one for one in mistakes if one.wrong.strip()):
                part = part.replace(html.escape(mistake.wrong), html.escape(mistake.right))
            parts[number] = part
    return "".join(parts)


def _touched(letter: str, mistakes: Sequence[Mistake]) -> list[str]:
    """Name what the last of these mistakes touches of the decision."""
    before, after = _replaced(letter, mistakes[:-1]), _replaced(letter, mistakes)
    old, new = _weighty(before), _weighty(after)
    moves = SequenceMatcher(None, [one[0] for one in old], [one[0] for one in new], autojunk=False).get_opcodes()
    words = [f"“{word}”" for tag, a, b, c, d in moves if tag != "equal" for _, word in old[a:b] + new[c:d]]
    same = SAYS_THE_DECISION.findall(before) == SAYS_THE_DECISION.findall(after)
    return words or ([] if same else ["de kop van de brief of een oordeel"])


def _weighty(letter: str) -> list[tuple[str, str]]:
    spoken = SPEAKS.search(NOTICE.sub("", letter))
    text = html.unescape(TAG.sub(" ", spoken[1])) if spoken else ""
    return [(weight, word) for word in WORD.findall(text.casefold()) if (weight := _weight(word))]


def _weight(word: str) -> str:
    """Return the word, or its stem, when it can turn a decision around; nothing for any other word."""
    if EXACT.fullmatch(word) or COUNT.match(word) or any(map(str.isdigit, word)):
        return word
    stem = STEM.match(word)
    return stem[0] if stem else ""


def _size(mistake: Mistake) -> int:
    """Return how many words go, or come: whichever is more."""
    old, new = WORD.findall(mistake.wrong), WORD.findall(mistake.right)
    moves = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [(b - a, d - c) for tag, a, b, c, d in moves if tag != "equal"]
    return max(sum(gone for gone, _ in changed), sum(come for _, come in changed))
