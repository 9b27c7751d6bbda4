"""
Whether people can read what goes into a letter: the insured reads the same words as the provider.

We aim at sentences of 15 words (level B1). What is refused is far above that. We count words in a sentence and nothing
else: a long word is often the name of the care itself, the length of a sentence is always the writer's choice. Both
bounds are our own; no source gives one.

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
# After a sign that ends a sentence comes a capital or a figure; a line is a sentence by itself, as in a list.
ENDS = re.compile(r"(?<=[.!?;])[\"”’)]*\s+(?=[\"“‘(]*[A-Z0-9À-Þ])|\s*\n\s*")
WORD = re.compile(r"[^\W_][\w'’.,/%€-]*")


@dataclass(frozen=True)
class TooLong:
    """What is too long: one sentence, by its first words, or the sentences on average (no words then)."""

    words: int
    begins: str = ""

    @property
    def message(self) -> str:
        """Return in Dutch what is wrong and what to do, to follow the name of a field and a colon."""
        if not self.begins:
            return f"de zinnen hebben gemiddeld {self.words} woorden. Maak er zinnen van hoogstens 15 woorden van."
        return f"de zin “{self.begins} …” heeft {self.words} woorden. Maak er twee of meer zinnen van."


def too_long(text: str) -> TooLong | None:
    """
    Return the longest sentence of a text when it has more than LONGEST words, or else how long they are on average.

    None when people can read it. An abbreviation with a point may be taken for an end: that only makes it milder.
    """
    sentences = [found for part in ENDS.split(text) if (found := WORD.findall(part))]
    if not sentences:
        return None
    longest = max(sentences, key=len)
    if len(longest) > LONGEST:
        return TooLong(len(longest), " ".join(longest[:SHOWN]))
    average = round(sum(map(len, sentences)) / len(sentences))
    return TooLong(average) if len(sentences) >= FEWEST and average > LONGEST_ON_AVERAGE else None
