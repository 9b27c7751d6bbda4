"""Every template is used, finds its addresses, and holds no script or style of its own (the CSP wouldn't run them)."""

import re
from functools import cache
from pathlib import Path

import allauth
import pytest
from django.urls import get_resolver

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = ROOT / "templates"
APPS = ("authorizations", "contracting", "papers", "ggz_codes", "accounts", "audit", "kit", "portal")
PACK = "mp/"
LETTERS = "authorizations/letters/"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file())
PAGES = [name for name in NAMES if name.endswith(".html")]
INLINE = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "a script without a file": r"<script\b(?![^>]*\bsrc=)",
    "a handler": r"<[^>]*\son[a-z]+\s*=",
    "a javascript address": r"javascript:",
    "an address of elsewhere": r"<(?:script|img|link|iframe)\b[^>]*(?:src|href)=[\"']https?:",
}


@cache
def mentions() -> str:
    """Return all text that may name a template."""
    files = [file for app in APPS for file in (ROOT / app).rglob("*.py")]
    return "\n".join(file.read_text() for file in [*files, *(TEMPLATES / name for name in NAMES)])


@cache
def patterns() -> list[re.Pattern[str]]:
    """Return the f-strings that name templates, with anything in the place of what is filled in."""
    found = re.findall(r"""f"([^"\n]*\{[^"\n]*\.(?:html|txt))\"""", mentions())
    return [re.compile(".+".join(re.escape(part) for part in re.split(r"\{[^}]*\}", text))) for text in found]


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(PACK)])
def test_every_template_is_used(name):
    overridden = Path(allauth.__file__).parent / "templates" / name
    used = re.search(rf"""["']{re.escape(name)}["']""", mentions()) or any(
        pattern.fullmatch(name) for pattern in patterns()
    )
    assert used or overridden.is_file()


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(LETTERS)])
def test_no_template_holds_script_or_style(name):
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)
    text = re.sub(r"{[{%].*?[%}]}", "", text)
    assert [what for what, pattern in INLINE.items() if re.search(pattern, text, re.IGNORECASE)] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_escapes_everything(name):
    text = (TEMPLATES / name).read_text()
    assert re.findall(r"\|\s*safe(?:seq)?\b|autoescape\s+off", text) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_script_carries_the_number_of_its_page(name):
    text = re.sub(r"{%\s*comment.*?endcomment\s*%}", "", (TEMPLATES / name).read_text(), flags=re.DOTALL)
    scripts = re.findall(r"<script\b[^>]*>", text)
    assert [script for script in scripts if 'nonce="{{ request.csp_nonce }}"' not in script] == []


def address_names() -> set[str]:
    def walk(resolver, prefix=""):
        for found in resolver.url_patterns:
            if hasattr(found, "url_patterns"):
                yield from walk(found, f"{prefix}{found.namespace}:" if found.namespace else prefix)
            elif found.name:
                yield f"{prefix}{found.name}"

    return set(walk(get_resolver()))


@pytest.mark.parametrize("name", NAMES)
def test_every_address_in_a_template_exists(name):
    text = (TEMPLATES / name).read_text()
    asked = set(re.findall(r"""{%\s*url\s+["']([\w:-]+)["']""", text))
    asked |= set(re.findall(r'"(\w+:[\w-]+)"', " ".join(re.findall(r"{%\s*menu\s.*?%}", text))))
    assert asked - address_names() == set()
