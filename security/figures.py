"""Figures that a command reaches: printed for people, and kept for `make security` when that asks for them."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

KEPT_IN = "SECURITY_FIGURES"
"""The name in the environment of the file that `make security` reads."""


@dataclass(frozen=True)
class Figure:
    """What was measured and what it should be."""

    name: str
    value: float | str
    target: str
    met: bool
    unit: str = ""

    def __str__(self) -> str:
        verdict = "gehaald" if self.met else "NIET GEHAALD"
        return f"{self.name}: {self.value} {self.unit}".rstrip() + f" (doel {self.target}): {verdict}"


def tell(
    name: str, value: float | str, *, target: float, at_least: bool = False, at_most: bool = False, unit: str = ""
) -> Figure:
    """Say a figure; without `at_least` or `at_most` it must be the target itself."""
    reached = float(value)
    met = reached == target or (at_least and reached > target) or (at_most and reached < target)
    bound = "minstens " if at_least else "hoogstens " if at_most else ""
    figure = Figure(name, value, f"{bound}{target:g}", met, unit)
    print(figure, flush=True)
    if os.environ.get(KEPT_IN):
        with Path(os.environ[KEPT_IN]).open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(asdict(figure), ensure_ascii=False) + "\n")
    return figure


def read(path: Path) -> list[Figure]:
    """Return what was kept."""
    return [Figure(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
