"""A catalogue of files by class. The same seed gives the same files, but for what encryption itself makes random."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

Make = Callable[[Random], bytes]


@dataclass(frozen=True)
class Sample:
    """One file of a class."""

    kind: str
    name: str
    content: bytes


class Catalogue:
    """The classes with how to make a file of each."""

    def __init__(self) -> None:
        self.makers: dict[str, tuple[str, Make]] = {}

    def add(self, kind: str, extension: str = ".pdf") -> Callable[[Make], Make]:
        """Register what makes files of this class, and how people would call them."""

        def register(make: Make) -> Make:
            self.makers[kind] = (extension, make)
            return make

        return register

    def samples(self, each: int, seed: int) -> Iterator[Sample]:
        """Make so many files of each class."""
        for kind in self.makers:
            yield from (self.sample(kind, number, seed) for number in range(each))

    def sample(self, kind: str, number: int, seed: int) -> Sample:
        """Make one file of this class."""
        extension, make = self.makers[kind]
        random = Random(f"{seed} {kind} {number}")
        return Sample(kind, f"{kind} {number}{extension}", make(random))


def words(random: Random) -> str:
    """Return a few words for a page."""
    some = ("verwijsbrief", "revalidatie", "behandelplan", "verslag", "journaal", "bijlage", "toelichting")
    return " ".join(random.choices(some, k=random.randint(1, 5)))
