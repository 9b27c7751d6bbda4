"""Form controls with the markup of this house."""

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

PART = {"inputmode": "numeric", "autocomplete": "off"}


class DateWidget(forms.MultiWidget):
    """Day, month and year in three boxes: people know dates by heart better than they find them in a calendar."""

    template_name = "mp/widgets/date.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        # the month takes a name too, so it must not call up a keyboard with digits only
        parts = [forms.TextInput(PART), forms.TextInput({**PART, "inputmode": "text"}), forms.TextInput(PART)]
        super().__init__(parts, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, date):
            return [value.day, value.month, value.year]
        return [value, None, None] if value else [None, None, None]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part, label in zip(context["widget"]["subwidgets"], ("Dag", "Maand", "Jaar"), strict=True):
            part["label"] = label
        return context


class LongSelect(forms.Select):
    """
    A list of hundreds to choose one from.

    Django draws each line with a template of its own, which takes longer than all the rest of a page.
    """

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        chosen = self.format_value(value)
        lines = ((one, " selected" if str(one) in chosen else "", words) for one, words in self.choices)
        own = flatatt(self.build_attrs({**self.attrs, "name": name}, attrs))
        return format_html(
            "<select{}>{}</select>", own, format_html_join("", '<option value="{}"{}>{}</option>', lines)
        )


def short(width: int, **attrs: str) -> forms.TextInput:
    """Return a text box as wide as what is expected in it (5, 8, 11 or 20 characters)."""
    return forms.TextInput({"class": f"mp-w-{width}", "autocomplete": "off", **attrs})


def number(width: int = 5) -> forms.TextInput:
    """Return a box for a number. Never `type=number`: that loses what was typed when it isn't one."""
    return short(width, inputmode="decimal")


def digits(width: int = 11) -> forms.TextInput:
    """Return a box for a code of digits."""
    return short(width, inputmode="numeric", spellcheck="false")


def lines(rows: int = 5) -> forms.Textarea:
    """Return a box for several lines."""
    return forms.Textarea({"rows": rows})
