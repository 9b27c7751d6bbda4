"""
A letter with a mistake in its words, made anew: what was written wrong, what must stand there, and nothing else.

What the letter says of the decision (the outcome, the numbers, codes, days and hours, the verdicts) can't be corrected:
that would be another decision. Bron: R-21 (after the decision the file is immutable); domain.md section 6.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from authorizations.domain.obstacles import Obstacle

TAG = re.compile(r"(<[^>]*>)")
SAYS_THE_DECISION = re.compile(
    r'<h1>.*?</h1>|<div class="decision">.*?</div>|<table class="(?:care|hours)">.*?</table>|<strong>.*?</strong>'
    r"|<dt>(?:Machtigingsnummer|Kenmerk)</dt>\s*<dd>.*?</dd>",
    re.DOTALL,
)
DATE_MARK = re.compile(r"(<dt>Datum</dt>\s*<dd>).*?(</dd>)", re.DOTALL)
NOTICE = re.compile(r'<div class="replaces">.*?</div>\s*', re.DOTALL)


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
        elif any(_decision(letter) != _decision(_replaced(letter, [mistake])) for letter in letters):
            message = "Dit hoort bij het besluit zelf. Dat verandert niet met een nieuwe brief."
            found.append(Obstacle("touches_decision", message, row=row, field="wrong"))
    if not because.strip():
        found.append(Obstacle("because_missing", "Schrijf wat er is verbeterd.", field="because"))
    return found


def changes(letter: str, mistakes: Sequence[Mistake]) -> bool:
    """Tell whether one of these mistakes stands in this letter."""
    return any(_stands_in(mistake, letter) for mistake in mistakes)


def corrected(letter: str, mistakes: Sequence[Mistake], *, because: str, replaces: str, today: str) -> str:
    """
    Return the text of the new letter: dated today, and saying which letter it takes the place of, and why.

    `replaces` is the day of the letter that it replaces, in words.
    """
    text = _replaced(NOTICE.sub("", letter), mistakes)
    text = DATE_MARK.sub(lambda found: found[1] + html.escape(today) + found[2], text, count=1)
    notice = (
        f'<div class="replaces"><p>Deze brief vervangt de brief van {html.escape(replaces)}. '
        f"Wat er is verbeterd: {html.escape(because.strip())} Het besluit is niet veranderd.</p></div>"
    )
    return text.replace("<main>", f"<main>\n{notice}", 1)


def _stands_in(mistake: Mistake, letter: str) -> bool:
    wrong = html.escape(mistake.wrong)
    return any(wrong in part for part in TAG.split(NOTICE.sub("", letter)) if not part.startswith("<"))


def _replaced(letter: str, mistakes: Sequence[Mistake]) -> str:
    parts = TAG.split(letter)
    for number, part in enumerate(parts):
        if not part.startswith("<"):
            for mistake in mistakes:
                part = part.replace(html.escape(mistake.wrong), html.escape(mistake.right))
            parts[number] = part
    return "".join(parts)


def _decision(letter: str) -> list[str]:
    return SAYS_THE_DECISION.findall(letter)
