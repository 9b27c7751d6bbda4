"""Two people, or two tabs, changed the same step: what differs, and what becomes of it after a choice per question."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from authorizations.web.forms.intake import StepForm

MINE, THEIRS = "mijn", "hun"
Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class Difference:
    """A question that is answered in two ways."""

    name: str
    label: str
    mine: str
    theirs: str


def differences(form: StepForm, mine: Typed, theirs: Typed) -> list[Difference]:
    """Return the questions whose answers differ, with both as people read them; rows are one question."""
    found = []
    for name, field in form.fields.items():
        answers = [_said(field, _of(name, typed)) for typed in (mine, theirs)]
        if _of(name, mine) != _of(name, theirs) and answers[0] != answers[1]:
            found.append(Difference(name, str(field.label or name), *answers))
    for name, rows in form.rows.items():
        answers = [_lines(_of(name, typed)) for typed in (mine, theirs)]
        if answers[0] != answers[1]:
            found.append(Difference(name, f"Alle regels: {rows.noun}", *answers))
    return found


def merge(mine: Typed, theirs: Typed, chosen: Mapping[str, str]) -> dict[str, list[str]]:
    """Return my answers with theirs where that was chosen."""
    merged = dict(mine)
    for name, whose in chosen.items():
        if whose == THEIRS:
            merged = {key: value for key, value in merged.items() if not _belongs(name, key)}
            merged |= _of(name, theirs)
    return merged


def _of(name: str, typed: Typed) -> dict[str, list[str]]:
    return {key: list(value) for key, value in typed.items() if _belongs(name, key) and any(value)}


def _belongs(name: str, key: str) -> bool:
    return re.fullmatch(rf"{re.escape(name)}(_\d|-\d+-.+)?", key, re.DOTALL) is not None


def _said(field: forms.Field, answers: Mapping[str, list[str]]) -> str:
    values = [value for _, several in sorted(answers.items()) for value in several]
    choices = {str(value): str(label) for value, label in getattr(field, "choices", ())}
    joint = " " if isinstance(field, forms.MultiValueField) else ", "
    return joint.join(choices.get(value, value) for value in values)


def _lines(answers: Mapping[str, list[str]]) -> str:
    lines: dict[int, list[str]] = {}
    for key, several in answers.items():
        found = re.search(r"-(\d{1,6})-", key)
        number = int(found[1]) if found else 0
        lines.setdefault(number, []).extend(value for value in several if value)
    return "\n".join(", ".join(values) for _, values in sorted(lines.items()))
