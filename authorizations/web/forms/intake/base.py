"""
What every step is made of: a form with its rows, bound to what was typed, and what we read of it.

A form reads; what is missing or doesn't fit together is said by the rules of `authorizations.domain.intake`, for the
step and for the whole request alike. So a field that must be filled in is marked as such and never complains by itself.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import Enum
from typing import Any, ClassVar

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from authorizations.domain import intake_asked, records
from authorizations.domain.application import Application
from authorizations.domain.obstacles import Obstacle
from authorizations.domain.policy import Criterion, Policy
from authorizations.models import AuthorizationRequest
from kit import text
from kit.fields import LinesField
from kit.forms import Form
from kit.rows import Rows, as_posted

UNREAD = "unread"
ROW_FIELDS = {"treatment_ends_before_start": "ended_on", "treatment_in_future": "started_on"}
"""The field of a row that an obstacle is about, where its code doesn't name it."""


@dataclass(frozen=True)
class Context:
    """What a step knows besides what is typed in it."""

    authorization: AuthorizationRequest
    policy: Policy
    application: Application
    today: date
    expected_on: date
    own: Mapping[str, Any] = field(default_factory=dict)

    def asks(self, part: str, name: str) -> bool:
        """Tell whether this request needs the question. Bron: feature 4."""
        return intake_asked.is_asked(part, name, self.application, self.policy, expected_on=self.expected_on)

    def origin_of(self, part: str, name: str) -> str:
        """Return where an answer came from, as long as nobody changed it. Bron: feature 5."""
        filled = self.authorization.prefilled.get(part, {}).get(name)
        if not filled or filled["value"] != self.authorization.reading.get(part, {}).get(name):
            return ""
        return str(filled["from"])

    def source_of(self, sources: Sequence[str]) -> str:
        """Return where the question stands, in this policy's own source or in one for everybody."""
        key, _, title = self.policy.source.partition(": ")
        for source in sources:
            own, _, place = source.partition(": ")
            if own == key:
                return f"{title}, {place}" if place else title
        return "; ".join(source for source in sources if ": " not in source)

    def criteria_named(self, codes: Sequence[str]) -> list[Criterion]:
        """Return the criteria of this policy with these codes."""
        return [criterion for criterion in self.policy.criteria if criterion.code in codes]


class StepForm(Form):
    """One step. `part` is the table of the application that it fills."""

    part: ClassVar[str] = ""
    revealed: ClassVar[frozenset[str]] = frozenset()
    row_types: ClassVar[dict[str, type[Rows]]] = {}
    rows_first: ClassVar[bool] = False

    def __init__(self, typed: Mapping[str, Any] | None = None, *, context: Context) -> None:
        self.context = context
        record = getattr(context.application, self.part) if self.part else None
        posted = None if typed is None else self.as_typed(as_posted(typed))
        self.posted = QueryDict() if posted is None else posted
        super().__init__(posted, initial=initial_of(record) if record else {})
        for name in [name for name in self.fields if not self.asks(name)]:
            del self.fields[name]
        self.rows = {
            name: kind(posted, prefix=name, initial=self.initial_rows(name))
            for name, kind in self.row_types.items()
            if context.asks(self.part, name)
        }
        self.arrange()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.blocks())

    def as_typed(self, posted: QueryDict) -> QueryDict:
        """Return what was posted as somebody meant it."""
        return posted

    def asks(self, name: str) -> bool:
        """Tell whether this step shows the field; what a choice in this same step makes appear, is always there."""
        return name in self.revealed or self.context.asks(self.part, name)

    def arrange(self) -> None:
        """Fit choices and labels to this request."""

    def blocks(self) -> Sequence[Any]:
        """Return the layout."""
        return list(self.fields)

    def part_of(self, name: str) -> str:
        """Return the table of the application that this field fills."""
        return self.part

    def initial_rows(self, name: str) -> list[dict[str, Any]] | None:
        """Return the rows as they stand in the request."""
        lines = getattr(getattr(self.context.application, self.part), name)
        return [initial_of(line) for line in lines] or None

    @property
    def pressed(self) -> bool:
        """Tell whether somebody added or took away a row, and so isn't done yet."""
        return any(rows.pressed for rows in self.rows.values())

    def add_error(self, field: str | None, error: Any) -> None:
        """Leave "this is empty" to the rules."""
        if field and isinstance(error, ValidationError) and getattr(error, "code", "") == "required":
            self.cleaned_data.pop(field, None)
            return
        super().add_error(field, error)

    def typed(self) -> dict[str, list[str]]:
        """Return what was typed as a draft keeps it, after the buttons of the rows did their work."""
        kept = dict(self.posted.lists())
        for name, rows in self.rows.items():
            kept = {key: value for key, value in kept.items() if not key.startswith(f"{name}-")}
            kept |= {key: value for key, value in as_posted(rows.data).lists() if key.startswith(f"{name}-")}
        own = [re.escape(name) for name in self.fields]
        mine = re.compile(rf"({'|'.join(own)})(_\d)?|({'|'.join(self.rows) or '-'})-\d+-[a-z_]+(_\d)?")
        return {key: several for key, several in text.typed(as_posted(kept)).items() if mine.fullmatch(key)}

    # -- what was read ---------------------------------------------------------------------------------------------

    def values(self) -> dict[str, dict[str, Any]]:
        """Return what could be read, ready for JSON, per table; a field that couldn't be read is empty."""
        table = {name: plain(value) for name, value in self.read().items()}
        for name, rows in self.rows.items():
            table[name] = [
                {field: plain(value) for field, value in row.cleaned_data.items()} for _, row in filled(rows)
            ]
        return {self.part: table}

    def read(self) -> dict[str, Any]:
        """Return the fields as read; one that couldn't be read is empty."""
        self.errors  # noqa: B018 (cleans)
        return {name: self.cleaned_data.get(name) for name in self.fields}

    def unread(self, step: str) -> list[Obstacle]:
        """Return what was typed but couldn't be read, with the words for it."""
        found = [
            Obstacle(UNREAD, str(message), step, name if name in self.fields else "")
            for name, messages in self.errors.items()
            for message in messages
        ]
        for name, rows in self.rows.items():
            found += [Obstacle(UNREAD, str(message), step, name) for message in rows.non_form_errors()]
            for at, (_, row) in enumerate(filled(rows)):
                found += [
                    Obstacle(UNREAD, f"{rows.noun.capitalize()} {at + 1}: {message}", step, name, at)
                    for messages in row.errors.values()
                    for message in messages
                ]
        return found

    def show(self, obstacles: Iterable[Obstacle]) -> None:
        """Put what stands in the way at the fields; what couldn't be read is there already."""
        self.errors  # noqa: B018 (cleans)
        if not self.is_bound:
            self.cleaned_data: dict[str, Any] = {}
        for obstacle in obstacles:
            if obstacle.code == UNREAD:
                continue
            if obstacle.field in self.rows:
                self._show_in_rows(self.rows[obstacle.field], obstacle)
            else:
                super().add_error(self.field_of(obstacle), ValidationError(obstacle.message, code=obstacle.code))

    def field_of(self, obstacle: Obstacle) -> str | None:
        """Return the field where this is said."""
        return obstacle.field if obstacle.field in self.fields else None

    def _show_in_rows(self, rows: Rows, obstacle: Obstacle) -> None:
        kept = [row for _, row in filled(rows)]
        if obstacle.row is None or obstacle.row >= len(kept):
            rows.non_form_errors().append(obstacle.message)
            return
        row = kept[obstacle.row]
        name = next((name for name in row.fields if f"_{name}_" in f"{obstacle.code}_"), None)
        name = name or ROW_FIELDS.get(obstacle.code)
        if obstacle.code.endswith("_wrong") and "big_number" in row.fields:
            name = "big_number"
        _, _, words = obstacle.message.partition(": ")
        message = words[:1].upper() + words[1:] if words else obstacle.message
        row.add_error(name if name in row.fields else None, ValidationError(message, code=obstacle.code))


class RowForm(Form):
    """One of the rows of a step."""

    def add_error(self, field: str | None, error: Any) -> None:
        """Leave "this is empty" to the rules."""
        if field and isinstance(error, ValidationError) and getattr(error, "code", "") == "required":
            self.cleaned_data.pop(field, None)
            return
        super().add_error(field, error)


class YesNoField(forms.TypedChoiceField):
    """A question that is answered with yes or no, in two radio buttons."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("ja", "Ja"), ("nee", "Nee")],
            coerce=lambda value: value == "ja",
            empty_value=None,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "ja", False: "nee"}.get(value, value) if isinstance(value, bool) else value


class Explanation(LinesField):
    """An explanation of up to 2.000 characters."""

    def __init__(self, *, rows: int = 5, **kwargs: Any) -> None:
        super().__init__(max_length=2000, rows=rows, **kwargs)


def filled(rows: Rows) -> list[tuple[int, forms.BaseForm]]:
    """Return the rows in which something was typed, with their number on the page."""
    return [(number, row) for number, row in enumerate(rows.forms) if row.has_changed() and not _quiet(row)]


def _quiet(row: forms.BaseForm) -> bool:
    row.errors  # noqa: B018 (cleans)
    return not hasattr(row, "cleaned_data")


def initial_of(record: Any) -> dict[str, Any]:
    """Return a record as the first values of a form."""
    found = {part.name: getattr(record, part.name) for part in fields(record)}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in found.items()}


def plain(value: Any) -> Any:
    """Return a cleaned value as JSON keeps it."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return sorted(value)
    if isinstance(value, Enum):
        return value.value
    return records.write(value)
