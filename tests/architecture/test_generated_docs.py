"""The documents that are made from the code, and the one that is held against it."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def docs():
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "scripts" / "generate_docs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rules_are_found_in_docstrings_and_ranges_written_out(docs):
    place = docs.Place("m", "f", 1, "Do it.", "Z-11, Z-14 to Z-16 (Zilveren Kruis); R-38")
    assert place.rules == ["Z-11", "Z-14", "Z-15", "Z-16", "R-38"]


def test_a_rule_leads_to_its_code_and_its_test(docs):
    (row,) = (line for line in docs.rules().splitlines() if line.startswith("| R-25 "))
    assert "authorizations/domain/references.py" in row
    assert "tests/authorizations/domain/test_references.py" in row


def test_the_picture_is_drawn_from_the_moves(docs):
    drawn = docs.states().partition("\n## ")[0]
    assert "    second_review --> denied: deny\n" in drawn
    assert "in_review --> denied" not in drawn


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no row for the list Verdict"),
        ("", "no row for uzovi"),
        ("| x | `NoSuchThing` | y | z |\n", "NoSuchThing isn't in the code any more"),
    ],
)
def test_the_glossary_is_held_against_the_code(docs, text, words):
    assert any(words in gap for gap in docs.glossary_gaps(text))


def test_the_glossary_has_a_row_for_every_list_and_dutch_word(docs):
    assert docs.glossary_gaps((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")) == []


def test_the_readme_names_rules_that_the_code_follows(docs):
    """A row of the table of what the portal can do names its rules; docs/rules.md leads from there to the code."""
    table = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Wat het kan")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:4] for line in table.splitlines() if line.startswith("| ")][1:]
    named = [docs.Place("README", what, 1, "", rule.replace("t/m", "to")) for what, _, rule in rows]
    followed = {rule for place in docs.places() for rule in place.rules}
    assert [(one.name, rule) for one in named for rule in one.rules if rule not in followed] == []
    assert [one.name for one in named if not one.rules and "artikel" not in one.source] == []


@pytest.mark.parametrize("name", ["authorizations/domain", "contracting/domain", "ggz_codes/domain"])
def test_every_rule_of_the_domain_cites_its_source(docs, name):
    # A module that holds rules says somewhere where they come from; plain helpers are listed here.
    helpers = {
        "__init__",
        "records",
        "obstacles",
        "intake_situation",
        "appointments",
        "import_files",
        "rulings",
        "drawing",
    }
    told = {place.module for place in docs.places()}
    for path in (ROOT / name).glob("*.py"):
        if path.stem not in helpers:
            assert f"{name.replace('/', '.')}.{path.stem}" in told, path
