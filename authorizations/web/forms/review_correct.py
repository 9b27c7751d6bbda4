"""The form of a letter with a mistake in its words."""

from collections.abc import Sequence
from typing import Any

from authorizations.domain.corrections import Mistake
from authorizations.domain.obstacles import Obstacle
from kit.fields import ControlField, LineField, LinesField
from kit.forms import Form

ROWS = 3
WRONG, RIGHT = "wrong_", "right_"


class Correct(Form):
    """What stands there, and what must stand there; empty rows don't count. `seen` names the letters on the page."""

    because = LinesField(
        label="Wat is er verbeterd?",
        help_text="Dit staat in de nieuwe brief. Bijvoorbeeld: de naam was verkeerd gespeld.",
        required=False,
        max_length=300,
        rows=2,
    )
    seen = ControlField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(ROWS):
            self.fields[f"{WRONG}{row}"] = LineField(label="Er staat", required=False, max_length=200)
            self.fields[f"{RIGHT}{row}"] = LineField(label="Er moet staan", required=False, max_length=200)

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """The two fields of each row."""
        return [(self[f"{WRONG}{row}"], self[f"{RIGHT}{row}"]) for row in range(ROWS)]

    @property
    def mistakes(self) -> list[Mistake]:
        """What was filled in."""
        return [Mistake(*pair) for pair in self._pairs.values()]

    @property
    def letters(self) -> list[int]:
        """The letters that the page showed."""
        return [int(word) for word in self.cleaned_data["seen"].split("-") if word.isascii() and word.isdigit()]

    def refuse(self, obstacles: Sequence[Obstacle]) -> None:
        """Put each obstacle at its field; of the rows that were filled in, the first is row 0."""
        rows = list(self._pairs) or [0]
        for obstacle in obstacles:
            name = obstacle.field if obstacle.row is None else f"{obstacle.field}_{rows[obstacle.row]}"
            self.add_error(name, obstacle.message)

    @property
    def _pairs(self) -> dict[int, tuple[str, str]]:
        data = self.cleaned_data
        found = {row: (data.get(f"{WRONG}{row}", ""), data.get(f"{RIGHT}{row}", "")) for row in range(ROWS)}
        return {row: pair for row, pair in found.items() if any(pair)}
