"""
Repeating rows: as many lines as someone needs, with and without JavaScript.

Two buttons do it all. `<prefix>-add` adds an empty row, `<prefix>-remove` with a row number takes that row away; both
post the whole page, and `pressed` then says that it was a press on a button and not a wish to go on. With JavaScript
`rows.js` does the same in the page; gaps in the numbering that this leaves are closed here.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.forms import BaseForm, BaseFormSet, formset_factory
from django.forms.utils import ErrorDict
from django.http import QueryDict


class Rows(BaseFormSet):
    """
    A formset whose rows people add and take away themselves.

    Bound to what was posted (or kept in a draft), it needs no management data: the names of the fields tell the rows.
    """

    noun = "regel"
    shortest = 0
    longest = 50
    empty = 1

    def __init__(self, data: Any = None, *, prefix: str, initial: Any = None, **kwargs: Any) -> None:
        self.pressed = False
        if data is not None:
            # with `initial` an unchanged row would count as empty
            data, initial = self._closed_up(data, prefix), None
        super().__init__(data=data, prefix=prefix, initial=initial, **kwargs)

    def _closed_up(self, data: Mapping[str, Any], prefix: str) -> QueryDict:
        """Return a copy with the rows numbered from 0, after the button that was pressed has done its work."""
        posted = as_posted(data)
        rows: dict[int, list[tuple[str, list[str]]]] = {}
        for key in list(posted):
            if found := re.fullmatch(rf"{re.escape(prefix)}-(\d{{1,6}})-(.+)", key, re.DOTALL):
                rows.setdefault(int(found[1]), []).append((found[2], posted.pop(key)))
        taken = posted.get(f"{prefix}-remove", "")
        if re.fullmatch(r"[0-9]{1,6}", taken):
            rows.pop(int(taken), None)
        count = min(len(rows), self.longest + 1)
        for number, (_, fields) in enumerate(sorted(rows.items())[:count]):
            for name, values in fields:
                posted.setlist(f"{prefix}-{number}-{name}", values)
        self.pressed = f"{prefix}-add" in posted or f"{prefix}-remove" in posted
        if f"{prefix}-add" in posted and count < self.longest:
            count += 1
        posted[f"{prefix}-TOTAL_FORMS"] = str(max(count, self.shortest, 1))
        posted[f"{prefix}-INITIAL_FORMS"] = "0"
        return posted

    def total_form_count(self) -> int:
        """Return how many rows there are; a new page begins with at least one to fill in."""
        if self.is_bound:
            return super().total_form_count()
        return min(max(len(self.initial or []), self.shortest, self.empty), self.longest)

    @property
    def add_name(self) -> str:
        """The name of the button that adds a row."""
        return f"{self.prefix}-add"

    @property
    def remove_name(self) -> str:
        """The name of the button that takes a row away; its value is the number of the row."""
        return f"{self.prefix}-remove"

    @property
    def values(self) -> list[dict[str, Any]]:
        """The cleaned rows, without those that were left empty."""
        return [form.cleaned_data for form in self.forms if form.has_changed() and form.is_valid()]

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # the stubs leave it out
        if self.pressed:
            quiet(form)
        if hasattr(form, "helper"):
            form.helper.form_tag, form.helper.disable_csrf = False, True
        return form

    @property
    def empty_form(self) -> Any:
        """The row that JavaScript copies."""
        form = super().empty_form
        if hasattr(form, "helper"):
            form.helper.form_tag, form.helper.disable_csrf = False, True
        return form

    def is_valid(self) -> bool:
        """Tell whether all rows are right; after a press on a button there is nothing to go on with yet."""
        return not self.pressed and super().is_valid()

    def full_clean(self) -> None:
        if self.pressed:
            self._errors: list[Any] = [{} for _ in self.forms]
            self._non_form_errors = self.error_class()
        else:
            super().full_clean()


def quiet(form: Any) -> Any:
    """Return the form with what was typed and without complaints: for a page that only gains or loses a row."""
    form._errors, form.cleaned_data = ErrorDict(), {}
    return form


def rows(
    form: type[BaseForm], *, noun: str = "regel", shortest: int = 0, longest: int = 50, empty: int = 1
) -> type[Rows]:
    """
    Return the class of rows of this form.

    `noun` names one row ("behandeling"), `shortest` and `longest` say how many there must and may be, `empty` how many
    a new page begins with.
    """
    base = type("Rows", (Rows,), {"noun": noun, "shortest": shortest, "longest": longest, "empty": empty})
    made: Any = formset_factory(
        form, formset=base, extra=empty, min_num=shortest, max_num=longest, absolute_max=longest + 1,
        validate_min=shortest > 0, validate_max=True,
    )  # fmt: skip
    made.default_error_messages = made.default_error_messages | {
        "too_few_forms": f"Vul minstens {shortest} {noun} in."
        if shortest == 1
        else f"Vul minstens {shortest} rijen in.",
        "too_many_forms": f"Er passen hoogstens {longest} rijen.",
    }
    return made


def as_posted(data: Mapping[str, Any]) -> QueryDict:
    """Return a posted copy of data: of a request, or of a draft that `kit.text.typed` made."""
    posted = QueryDict(mutable=True)
    values: Iterable[tuple[str, Any]] = data.lists() if hasattr(data, "lists") else data.items()
    for key, value in values:
        posted.setlist(key, list(value) if isinstance(value, list | tuple) else [str(value)])
    return posted
