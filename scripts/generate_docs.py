#!/usr/bin/env python
"""
Make docs/rules.md, docs/states.md and docs/asvs.md from the code, and look whether docs/glossary.md still fits it.

`generate_docs.py` writes, `generate_docs.py --check` only compares and exits with 1 when something is stale.
"""

import ast
import enum
import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from authorizations.domain import check_runs, coulance, lifecycle, notices, privacyverklaring, traject_numbers  # noqa: E402
from authorizations.domain.lifecycle import MOVES, TURNS, Status  # noqa: E402
from authorizations.domain.privacyverklaring import PrivacyStatus  # noqa: E402
from contracting.domain import register  # noqa: E402
from security import asvs  # noqa: E402

DOCS = ROOT / "docs"
APPS = ("authorizations", "contracting", "papers", "ggz_codes", "accounts", "audit", "kit")
MADE = "<!-- Made by scripts/generate_docs.py: change the code, then run `make fix`. -->"
RULE = re.compile(r"\b([ZAGINR]-\d{2})(?:\s+to\s+\1?([ZAGINR]-\d{2}))?")
SOURCES = {
    "Z": "S0: Zilveren Kruis, Aanvraag niet-gecontracteerde MSR",
    "A": "S1: a.s.r./Ditzo, Medisch Specialistische Zorg 2020",
    "G": "S2: Zilveren Kruis, Declareren & machtigen GGZ 2020",
    "I": "S3: Zorginstituut, standpunt IMSR bij chronische pijn",
    "N": "S4: ValueCare, norm N0496",
    "R": "R: a reading that this project has chosen",
}
# What has a life of its own beside a request.
PICTURES = (
    ("A notice of an omzetplafond", notices.CEILING_STEPS, notices.CeilingStatus, notices.CeilingStatus.FILED),
    ("A coulanceverzoek", coulance.COULANCE_STEPS, coulance.CoulanceStatus, coulance.CoulanceStatus.DRAFT),
    (
        "Another zorgtrajectnummer",
        traject_numbers.SIGNAL_STEPS,
        traject_numbers.SignalState,
        traject_numbers.SignalState.OPEN,
    ),
    ("A file through a check", check_runs.RUN_STEPS, check_runs.RunStatus, check_runs.RunStatus.WAITS),
    ("A privacyverklaring", privacyverklaring.STEPS, privacyverklaring.PrivacyStatus, PrivacyStatus.GIVEN),
)
# Dutch words that stand in identifiers; each has its row in the glossary once an identifier uses it.
DUTCH = (
    *("agb", "aanvraag", "behandelplan", "brief", "bron", "bsn", "declaratie", "heroverweging", "huisarts", "kvk"),
    *("machtiging", "prestatie", "revalidatiearts", "skgz", "standpunt", "subtraject", "toets", "toetsen", "uzovi"),
    *("vecozo", "verwijsbrief", "vra", "werkdag", "weging", "wpn", "zorgproduct", "zorgtraject", "zorgtrajectnummer"),
    *("zorgtype", "zorgactiviteit", "postcode", "declaratiecode", "machtigingsnummer", "machtigingsplicht"),
)


@dataclass(frozen=True)
class Place:
    """Where a rule is written down: what it does there, which source it names."""

    module: str
    name: str
    line: int
    summary: str
    source: str

    @property
    def rules(self) -> list[str]:
        """Return the rule ids, ranges written out."""
        found = []
        for first, last in RULE.findall(self.source):
            letter, begin = first.split("-")
            end = int(last.split("-")[1]) if last else int(begin)
            found += [f"{letter}-{number:02}" for number in range(int(begin), end + 1)]
        return found


def places() -> Iterator[Place]:
    """Return every docstring and comment that names its source."""
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        yield from _in_docstrings(tree, module, "")
        yield from _in_comments(text, module)


def _in_docstrings(node: ast.AST, module: str, within: str) -> Iterator[Place]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if isinstance(node, documented):
        name = "" if isinstance(node, ast.Module) else f"{within}{node.name}"
        words = ast.get_docstring(node) or ""
        if "Bron:" in words:
            before, _, source = words.partition("Bron:")
            summary = " ".join(before.split("\n\n")[0].split())
            source = " ".join(source.split("\n\n")[0].split()).partition(" :raises")[0].rstrip(".")
            yield Place(module, name, getattr(node, "lineno", 1), summary, source)
        within = f"{name}." if isinstance(node, ast.ClassDef) else within
    for child in ast.iter_child_nodes(node):
        yield from _in_docstrings(child, module, within)


def _in_comments(text: str, module: str) -> Iterator[Place]:
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        comment = re.match(r"\s*#\s*(.*?)\s*Bron:\s*(.+?)\.?$", line)
        if comment:
            following = next((one for one in lines[number:] if not one.strip().startswith("#")), "")
            name = re.match(r"\s*\w*", following)
            yield Place(module, name.group().strip() if name else "", number, comment[1], comment[2])


class Spoken(NamedTuple):
    """The words of a test file, and those of them that it calls."""

    words: frozenset[str]
    calls: frozenset[str]


def spoken() -> dict[str, Spoken]:
    """Return the test files with what each speaks of; read once, since there are hundreds of places to look for."""
    texts = {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in sorted(ROOT.glob("tests/**/test_*.py"))
    }
    return {
        path: Spoken(frozenset(re.findall(r"\w+", text)), frozenset(re.findall(r"(\w+)\(", text)))
        for path, text in texts.items()
    }


def tests_of(place: Place, tests: dict[str, Spoken]) -> list[str]:
    """Return the test files that speak of this place: by its name, else those of its module."""
    app, _, *rest = place.module.split(".")
    name = place.name.rpartition(".")[2]
    own = {path: test for path, test in tests.items() if path.startswith(f"tests/{app}/")}
    if name and not name.startswith("_"):
        named = [path for path, test in own.items() if name in (test.words if name[0].isupper() else test.calls)]
        if named:
            return named
    topic = (rest or [app])[-1].split("_")[0]
    return [path for path in own if Path(path).stem.startswith(f"test_{topic}")]


def rules() -> str:
    """Return docs/rules.md."""
    tests = spoken()
    by_rule: dict[str, list[Place]] = {}
    others: list[Place] = []
    for place in places():
        for rule in dict.fromkeys(place.rules):
            by_rule.setdefault(rule, []).append(place)
        if not place.rules:
            others.append(place)
    lines = [
        *("# Rules, and where they live", "", MADE, ""),
        *("Each rule of the sources with the code that follows it and the tests that hold it.", ""),
    ]
    for letter, source in SOURCES.items():
        ours = sorted(rule for rule in by_rule if rule.startswith(letter))
        if ours:
            lines += [f"## {source}", "", "| rule | what | code | tests |", "|---|---|---|---|"]
            lines += [_row(rule, by_rule[rule], tests) for rule in ours]
            lines.append("")
    lines += ["## Other sources", "", "| source | what | code | tests |", "|---|---|---|---|"]
    lines += [_row(place.source, [place], tests) for place in sorted(others, key=lambda one: (one.source, one.module))]
    return "\n".join(lines) + "\n"


def _row(rule: str, found: list[Place], tests: dict[str, Spoken]) -> str:
    # The place that names the fewest rules speaks most about this one.
    narrow = sorted((place for place in found if place.summary), key=lambda place: len(place.rules))
    what = narrow[0].summary if narrow else "–"
    code = ", ".join(_link(place) for place in found)
    paths = sorted({path for place in found for path in tests_of(place, tests)})
    held = ", ".join(f"[{path.removeprefix('tests/').removesuffix('.py')}](../{path})" for path in paths) or "–"
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in (rule, what, code, held)) + " |"


def _link(place: Place) -> str:
    path = place.module.replace(".", "/") + ".py"
    return f"[{place.module.partition('.')[2]}{'.' + place.name if place.name else ''}](../{path})"


def states() -> str:
    """Return docs/states.md."""
    lines = [
        *("# The life of a request", "", MADE, ""),
        *("Read off `authorizations/domain/lifecycle.py`. Status words are what people read.", ""),
        *("```mermaid", "stateDiagram-v2", "    [*] --> draft"),
    ]
    lines += [f"    {status.value}: {status.label}" for status in Status]
    lines += [
        f"    {source.value} --> {move.target.value}: {name}"
        for name, move in MOVES.items()
        for source in sorted(move.sources, key=list(Status).index)
    ]
    lines += [f"    {status.value} --> [*]" for status in Status if status in lifecycle.CLOSED]
    lines += ["```", "", "| move | by | from | to | what happened |", "|---|---|---|---|---|"]
    for name, move in MOVES.items():
        sources = ", ".join(f"`{source.value}`" for source in sorted(move.sources, key=list(Status).index))
        lines.append(f"| `{name}` | {move.by.label} | {sources} | `{move.target.value}` | {move.words} |")
    lines += ["", "| status | the provider reads | the advisor reads | whose turn |", "|---|---|---|---|"]
    for status in Status:
        provider, advisor = lifecycle.provider_words(status), lifecycle.advisor_words(status)
        lines.append(f"| `{status.value}` | {provider} | {advisor} | {TURNS[status].label} |")
    lines += ["", *_contract_states()]
    for title, steps, every, first in PICTURES:
        lines += ["", *notices.drawn(title, steps, every, first)]
    return "\n".join(lines) + "\n"


def _contract_states() -> list[str]:
    """Return the steps of a contract, read off the table in contracting/domain/register.py."""
    lines = [*("## The life of a contract", "", "Read off `contracting/domain/register.py`.", "")]
    lines += [*("```mermaid", "stateDiagram-v2", "    [*] --> voorstel")]
    lines += [f"    {status.value}: {status.label}" for status in register.ContractStatus]
    lines += [
        f"    {source.value} --> {move.target.value}: {name.value}"
        for name, move in register.MOVES.items()
        for source in sorted(move.sources, key=list(register.ContractStatus).index)
    ]
    return [*lines, "```"]


def glossary_gaps(text: str) -> list[str]:
    """Return what the glossary lacks or names in vain: every closed list and Dutch word in the code has a row."""
    rows = [row for row in text.splitlines() if row.startswith("|") and not row.startswith(("|---", "| Dutch"))]
    named = {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[2])}
    used = set(_identifiers())
    gaps = [f"docs/glossary.md: no row for the list {name}" for name in sorted(_lists() - named)]
    for word in sorted(DUTCH):
        parts = {name for name in used if word in _parts_of(name)}
        if parts and not any(word in _parts_of(name) for name in named):
            gaps.append(f"docs/glossary.md: no row for {word} ({', '.join(sorted(parts)[:3])})")
    for name in sorted(named):
        if name.rpartition(".")[2] not in used:
            gaps.append(f"docs/glossary.md: {name} isn't in the code any more")
    return gaps


def _parts_of(name: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()))


def _lists() -> set[str]:
    found = set()
    for path in sorted(path for app in APPS for path in (ROOT / app / "domain").glob("*.py")):
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for name, thing in vars(module).items():
            listed = isinstance(thing, type) and issubclass(thing, enum.Enum) and len(thing)
            if listed and thing.__module__ == module.__name__:
                found.add(name)
    return found


def _identifiers() -> Iterator[str]:
    for path in (path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                yield node.name
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                yield node.target.id
            elif isinstance(node, ast.Assign):
                yield from (target.id for target in node.targets if isinstance(target, ast.Name))
        yield path.stem


def main() -> int:
    """Write the files, or compare them; return the exit status."""
    check = "--check" in sys.argv[1:]
    troubles = []
    for name, made in (("rules.md", rules()), ("states.md", states()), ("asvs.md", asvs.table())):
        path = DOCS / name
        if not check:
            path.write_text(made, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            troubles.append(f"docs/{name} is stale: run `make fix`")
    troubles += [
        f"tests are marked with {item}, which security/asvs.toml doesn't ask" for item in asvs.unknown(asvs.marks())
    ]
    troubles += glossary_gaps((DOCS / "glossary.md").read_text(encoding="utf-8"))
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
