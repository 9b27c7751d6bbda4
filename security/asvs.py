"""
Which tests hold which item of OWASP's ASVS 5.0: read from their marks, `@pytest.mark.asvs("6.3.1")`.

`python -m security.asvs` tells how many of the rows of asvs.toml have a test; docs/asvs.md is the whole table.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from security import figures

ROOT = Path(__file__).resolve().parent.parent
MADE = "<!-- Made by scripts/generate_docs.py: mark a test, then run `make fix`. -->"
OPEN = "**no test yet**"


@dataclass(frozen=True)
class Row:
    """Some items of the standard that one group of tests holds."""

    items: tuple[str, ...]
    level: int
    what: str
    note: str = ""


def rows() -> list[Row]:
    """Read what is asked."""
    text = (ROOT / "security" / "asvs.toml").read_text(encoding="utf-8")
    return [Row(**{**one, "items": tuple(one["items"])}) for one in tomllib.loads(text)["row"]]


def marks() -> dict[str, list[str]]:
    """Return the tests per item, as `path::name`."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for item in _items_of(node):
                    found.setdefault(item, []).append(f"{path.relative_to(ROOT)}::{node.name}")
    return found


def _items_of(test: ast.FunctionDef) -> Iterator[str]:
    for mark in test.decorator_list:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.asvs":
            yield from (str(item.value) for item in mark.args if isinstance(item, ast.Constant))


def tests_of(row: Row, found: dict[str, list[str]]) -> list[str]:
    """Return the tests of a row, each once."""
    return list(dict.fromkeys(test for item in row.items for test in found.get(item, [])))


def unknown(found: dict[str, list[str]]) -> list[str]:
    """Return the items that a test is marked with and no row asks: a typing error, mostly."""
    asked = {item for row in rows() for item in row.items}
    return sorted(found.keys() - asked)


def table() -> str:
    """Return docs/asvs.md."""
    found = marks()
    held = [row for row in rows() if tests_of(row, found)]
    lines = [
        *("# ASVS 5.0, and the tests that hold it", "", MADE, ""),
        "The rows of the standard that this project tests by itself. A row counts when a test is marked with one of",
        "its items; what no test looks at stands in the last column. Nobody from outside has judged this.",
        *("", f"{len(held)} of {len(rows())} rows have a test.", ""),
        *("| items | level | what | tests | not covered |", "|---|---|---|---|---|"),
    ]
    for row in rows():
        names = [f"[{test.rpartition('::')[2]}](../{test.partition('::')[0]})" for test in tests_of(row, found)]
        left = row.note if names else "; ".join(filter(None, (OPEN, row.note)))
        lines.append(
            f"| {', '.join(row.items)} | {row.level} | {row.what} | {'<br>'.join(names) or '–'} | {left or '–'} |"
        )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Tell how much of it has a test; return the exit status."""
    found, asked = marks(), rows()
    lacking = [row for row in asked if not tests_of(row, found)]
    for row in lacking:
        print(f"  geen test: {', '.join(row.items)}: {row.what}")
    held = len(asked) - len(lacking)
    told = figures.tell("ASVS 5.0: rijen met een gemerkte test", held, target=len(asked), unit=f"van {len(asked)}")
    return 0 if told.met and not unknown(found) else 1


if __name__ == "__main__":
    sys.exit(main())
