"""Parts of a step in its crispy layout: a question with its why, rows, and a part that a choice makes appear."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK, render_field
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString


class Question(LayoutObject):
    """
    A field with why it is asked, where that stands, and by which criterion it is judged.

    Left out whole when the form doesn't have the field. Bron: feature 20.
    """

    def __init__(self, name: str, why: str = "", *, sources: Sequence[str] = (), criteria: Sequence[str] = ()) -> None:
        self.fields = [name]
        self.why, self.sources, self.criteria = why, sources, criteria

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Draw the field and what belongs to it."""
        name = self.fields[0]
        if name not in form.fields:
            return SafeString("")
        field = render_field(name, form, context, template_pack=template_pack)
        return format_html('<div class="mp-question">{}{}</div>', field, about(form, name, self))


class Line(LayoutObject):
    """Short fields beside each other."""

    def __init__(self, *fields: str) -> None:
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Draw them."""
        return format_html('<div class="mp-fieldrow">{}</div>', drawn(self.fields, form, context, template_pack))


class Rows(LayoutObject):
    """The repeating rows of a form (`form.rows`), with why they are asked."""

    def __init__(
        self,
        name: str,
        *,
        legend: str,
        add: str,
        hint: str = "",
        why: str = "",
        sources: Sequence[str] = (),
        criteria: Sequence[str] = (),
    ) -> None:
        self.fields: list[str] = []
        self.name, self.legend, self.add, self.hint = name, legend, add, hint
        self.why, self.sources, self.criteria = why, sources, criteria

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Draw the rows; their buttons work without JavaScript."""
        if self.name not in form.rows:
            return SafeString("")
        rows = render_to_string(
            "components/_rows.html",
            {"formset": form.rows[self.name], "legend": self.legend, "hint": self.hint, "add": self.add},
        )
        return format_html('<div class="mp-question">{}{}</div>', rows, about(form, self.name, self))


class Reveal(LayoutObject):
    """
    Fields that matter only after a choice in the field before them. CSS hides them until then, where it can.

    `when` names the value of the choice; the server drops the answers when the choice is another.
    """

    def __init__(self, name: str, when: str, *fields: Any) -> None:
        self.name, self.when = name, when
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Draw the choice, and under it what it makes appear."""
        form.fields[self.name].widget.attrs["data-reveals"] = ""
        choice = drawn(self.fields[:1], form, context, template_pack)
        rest = drawn(self.fields[1:], form, context, template_pack)
        page = '<div class="mp-reveal mp-reveal--{}">{}<div class="mp-reveal__part">{}</div></div>'
        return format_html(page, self.when, choice, rest)


class Section(LayoutObject):
    """A group of questions under a heading; left out when none of its questions is asked."""

    def __init__(self, legend: str, *fields: Any, hint: str = "", css_class: str = "") -> None:
        self.legend, self.hint, self.css_class = legend, hint, css_class
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Draw the group."""
        inner = drawn(self.fields, form, context, template_pack)
        if not inner.strip():
            return SafeString("")
        said = '<p class="utrecht-form-field-description mp-measure">{}</p>'
        hint = format_html(said, self.hint) if self.hint else ""
        return format_html(
            '<fieldset class="utrecht-form-fieldset utrecht-form-fieldset--html-fieldset {}">'
            '<legend class="utrecht-form-fieldset__legend utrecht-form-fieldset__legend--html-legend mp-legend">'
            '<h2 class="nl-heading nl-heading--level-2">{}</h2></legend>{}{}</fieldset>',
            self.css_class,
            self.legend,
            hint,
            inner,
        )


class Template(LayoutObject):
    """A piece of the page with its own template, given the form and what the form tells it."""

    def __init__(self, template: str, **context: Any) -> None:
        self.fields: list[str] = []
        self.page, self.context = template, context

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        """Draw it."""
        return render_to_string(self.page, {"form": form, **self.context})


def drawn(fields: Sequence[Any], form: Any, context: Any, template_pack: str) -> SafeString:
    """Draw these parts; a field that the form doesn't have is left out."""
    asked = [field if hasattr(field, "render") else Question(field) for field in fields]
    return SafeString("".join(render_field(field, form, context, template_pack=template_pack) for field in asked))


def about(form: Any, name: str, asked: Any) -> SafeString:
    """Return what belongs to a question: its origin when we filled it in, why it is asked, and how it is judged."""
    if not hasattr(form, "context"):
        return SafeString("")
    return render_to_string(
        "authorizations/intake/_about.html",
        {
            "origin": form.context.origin_of(form.part_of(name), name),
            "why": asked.why,
            "source": form.context.source_of(asked.sources),
            "criteria": form.context.criteria_named(asked.criteria),
        },
    )
