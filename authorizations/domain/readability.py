"""
Whether people can read what goes into a letter: the insured reads the same words as the provider.

We aim at sentences of 15 words (level B1). What is refused is far above that. A long word is often the name of the care
itself, so that only a text in which more than two in five words are long is refused. All bounds are our own; no
source gives one.

Bron: ux.md section 5 (tone); features.md, "what none of them has", row 12.
"""

import re
from dataclasses import dataclass

LONGEST = 40
"""Words in one sentence."""
LONGEST_ON_AVERAGE = 25
"""Words in a sentence, over all of a text of at least FEWEST sentences."""
FEWEST = 3
SHOWN = 8
"""So many words tell which sentence is meant."""
LONG_WORD = 12
"""Letters; the parts of a word with a hyphen count apart."""
FEWEST_WORDS, FEWEST_LONG = 8, 4
"""In a text with less than these the names of the care may be all that is long."""
# After a sign that ends a sentence comes a capital or a figure; a line is a sentence by itself, as in a list.
ENDS = re.compile(r"(?<=[.!?;])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9À-Þ])|\s*\n\s*")
WORD = re.compile(r"[^\W_][\w'’.,/%€-]*")
LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class TooLong:
    """What is too long: one sentence, by its first words; the sentences on average; or the words, so many of them."""

    words: int
    begins: str = ""
    long_words: int = 0

    @property
    def message(self) -> str:
        """Return in Dutch what is wrong and what to do, to follow the name of a field and a colon."""
        if self.long_words:
            told = f"{self.long_words} van de {self.words} woorden hebben meer dan {LONG_WORD} letters"
            return f"{told}. Schrijf het in gewone, korte woorden. De verzekerde leest dit ook."
        if not self.begins:
            return f"de zinnen hebben gemiddeld {self.words} woorden. Maak er zinnen van hoogstens 15 woorden van."
        return f"de zin “{self.begins} …” heeft {self.words} woorden. Maak er twee of meer zinnen van."


def too_long(text: str) -> TooLong | None:
    """
    Return the longest sentence of a text when it has more than LONGEST words, or else how long they are on average,
    or else how many of the words are long.

    None when people can read it. An abbreviation with a point may be taken for an end: that only makes it milder.
    """
    sentences = [found for part in ENDS.split(text) if (found := WORD.findall(part))]
    if not sentences:
        return None
    longest = max(sentences, key=len)
    if len(longest) > LONGEST:
        return TooLong(len(longest), " ".join(longest[:SHOWN]))
    average = round(sum(map(len, sentences)) / len(sentences))
    if len(sentences) >= FEWEST and average > LONGEST_ON_AVERAGE:
        return TooLong(average)
    letters = LETTERS.findall(text)
    hard = sum(len(word) > LONG_WORD for word in letters)
    is_hard = len(letters) >= FEWEST_WORDS and hard >= FEWEST_LONG and hard * 5 > len(letters) * 2
    return TooLong(len(letters), long_words=hard) if is_hard else None


def says_something(text: str, *, words: int) -> bool:
    """Tell whether a text has at least so many different words; a single letter or a figure is none."""
    return len({word.casefold() for word in LETTERS.findall(text) if len(word) > 1}) >= words
