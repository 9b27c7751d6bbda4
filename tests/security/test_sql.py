"""No SQL is put together with words of people: read from the code, and tried where people search."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import reverse

from tests.factories import desk

ROOT = Path(__file__).resolve().parent.parent.parent
PRODUCT = ("accounts", "audit", "authorizations", "contracting", "ggz_codes", "kit", "papers", "portal")
PUT_TOGETHER = {
    "kit/postgres/base.py": "hands on what Django made, with its parameters, after what the code itself tells",
    "kit/resealing.py": "the names of our own tables and columns, from the models",
    "ggz_codes/services/release_sql.py": "the names of our own tables and columns, from this module itself",
    "portal/tenancy/secure.py": "the tables and rights of the registry, for the owner of the tables",
}
RUNS = {"execute", "executemany"}
HELPERS = {"_ask", "_one", "_column"}
"""Functions that hand the SQL of their first argument to `execute`: who calls them is judged as well."""
REFUSED = {"raw", "extra"}


def sources() -> list[Path]:
    return [
        path for app in PRODUCT for path in sorted((ROOT / app).rglob("*.py")) if "/migrations/" not in path.as_posix()
    ]


def name_of(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def constants(tree: ast.Module) -> set[str]:
    """Return the names that a module gives a value when it is read: before there is anybody who types."""
    assigned = (node for node in tree.body if isinstance(node, ast.Assign))
    return {target.id for node in assigned for target in node.targets if isinstance(target, ast.Name)}


def written_out(sql: ast.expr, known: set[str]) -> bool:
    """Tell whether this is a text, or a constant of a module (here, or `module.CONSTANT`)."""
    if isinstance(sql, ast.Constant):
        return True
    if isinstance(sql, ast.Attribute):
        return isinstance(sql.value, ast.Name) and sql.attr.isupper()
    return isinstance(sql, ast.Name) and sql.id in known


def put_together(tree: ast.Module) -> Iterator[int]:
    """Yield the lines where SQL isn't written out."""
    known = constants(tree)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef) and function.name in HELPERS:
            known |= {function.args.args[0].arg}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = name_of(node.func)
        if name == "RawSQL" or (name in REFUSED and isinstance(node.func, ast.Attribute)):
            yield node.lineno
        if name in RUNS | HELPERS and node.args and not written_out(node.args[0], known):
            yield node.lineno


@pytest.mark.asvs("1.2.4")
def test_sql_is_written_out_but_where_it_is_made_of_our_own_names():
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in sources()
        if (lines := list(put_together(ast.parse(path.read_text()))))
    }
    assert found.keys() == PUT_TOGETHER.keys(), found


@pytest.mark.asvs("1.2.4")
def test_no_page_reaches_what_puts_sql_together():
    modules = {name.removesuffix(".py").replace("/", ".") for name in PUT_TOGETHER}
    for path in sources():
        if "/web/" not in path.as_posix():
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert not {f"{node.module}.{alias.name}" for alias in node.names} & modules, path
                assert node.module not in modules, path


@pytest.mark.parametrize(
    "line",
    [
        'cursor.execute(f"SELECT {word}")',
        'cursor.execute("SELECT " + word)',
        'cursor.execute("SELECT %s" % word)',
        'cursor.execute("SELECT {}".format(word))',
        "cursor.execute(query)",
        "cursor.execute(self.query)",
        "Request.objects.raw(word)",
        "Request.objects.extra(where=[word])",
        "Request.objects.annotate(x=RawSQL(word, []))",
        '_ask(f"SELECT {word}")',
    ],
)
def test_what_this_looks_for_is_found(line):
    assert list(put_together(ast.parse(line))) == [1]


WORDS = ["' OR '1'='1", "%' OR 1=1 --", "'; DROP TABLE accounts_user; --", "x') UNION SELECT 1 --", "\\' OR 1=1 #"]


@pytest.mark.asvs("1.2.4")
@pytest.mark.django_db
@pytest.mark.parametrize("typed", WORDS)
def test_who_searches_with_sql_finds_nothing(log_in, indiener, adviseur, insurer, typed):
    filed = desk.filed(indiener, insurer, advisor=adviseur)
    for who, url, box in (
        (indiener, reverse("authorizations:dashboard"), "q"),
        (adviseur, reverse("authorizations:review-queue"), "zoek"),
        (adviseur, "/beoordelen/besloten/", "zoek"),
    ):
        browser = log_in(who)
        assert filed.reference not in browser.get(url, {box: typed}).content.decode(), url
    for who, url, box in ((indiener, "/aanvragen/", "q"), (adviseur, "/beoordelen/", "zoek")):
        page = log_in(who).get(url, {box: filed.insured.surname}, follow=True)
        assert filed.reference in page.content.decode(), "otherwise the above says nothing"
