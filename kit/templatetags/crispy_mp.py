"""Controls with the classes of NL Design System. Django itself adds `aria-describedby` and `aria-invalid`."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()
CHECKBOX = "utrecht-custom-checkbox utrecht-custom-checkbox--html-input"
RADIO = "utrecht-radio-button utrecht-radio-button--html-input"
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"
CLASSES: list[tuple[Any, str]] = [
    (forms.MultiWidget, TEXTBOX),
    (forms.CheckboxInput, CHECKBOX),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    ((forms.RadioSelect, forms.CheckboxSelectMultiple, forms.FileInput), ""),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.widgets.Input, TEXTBOX),
]
KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.MultiWidget, "multi"),
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "check"),
    (forms.FileInput, "file"),
    (forms.PasswordInput, "password"),
    (forms.Widget, "text"),
]


@register.filter
def kind(field: BoundField) -> str:
    """Return how a field is laid out: multi, checks, radios, check, file, password or text."""
    return next(name for widget, name in KINDS if isinstance(field.field.widget, widget))


@register.filter
def first_id(field: BoundField) -> str:
    """Return what a link in the error summary goes to: the first control that can take the focus."""
    return f"{field.auto_id}_0" if kind(field) in ("multi", "radios", "checks") else field.auto_id


@register.filter
def has_group(field: BoundField) -> bool:
    """Tell whether a field is several controls under one question, so a fieldset with a legend."""
    return kind(field) in ("multi", "radios", "checks")


@register.filter
def count_max(field: BoundField) -> str:
    """Return the number of characters that fit, for fields that count along."""
    return str(field.field.widget.attrs.get("data-count-max", ""))


@register.filter
def says_optional(field: BoundField) -> bool:
    """Tell whether a label says that the field may stay empty; `marked = False` on the field leaves that out."""
    return not field.field.required and getattr(field.field, "marked", True)


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Draw the control itself."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {}
    own = next((classes for kinds, classes in CLASSES if isinstance(widget, kinds)), "")
    if own:
        attrs["class"] = " ".join(filter(None, [widget.attrs.get("class"), own]))
    if field.field.required and not has_group(field):
        attrs["aria-required"] = "true"
    return field.as_widget(attrs=attrs)


@register.simple_tag
def option_tag(option: BoundWidget, field: BoundField) -> SafeString:
    """Draw one radio button or check box of a group."""
    option.data["attrs"]["class"] = RADIO if kind(field) == "radios" else CHECKBOX
    if field.errors:
        option.data["attrs"]["aria-invalid"] = "true"
    return option.tag()


@register.simple_tag
def problems(*sources: Any) -> list[dict[str, str]]:
    """
    Gather what is wrong with forms, formsets and lists of obstacles, as rows of the error summary: text and link.

    A source may be a form, a formset, a sequence of `{"message", "href"}` (or objects with these names), or empty. A
    form that was not posted yet has no problems.
    """
    found: list[dict[str, str]] = []
    for source in sources:
        if not source and not isinstance(source, forms.BaseForm | forms.BaseFormSet):
            continue
        if isinstance(source, forms.BaseFormSet):
            found += [{"text": str(e), "href": f"#{source.prefix}"} for e in source.non_form_errors()]
            for number, form in enumerate(source.forms, 1):
                found += _of_row(form, f"{getattr(source, 'noun', 'regel').capitalize()} {number}")
        elif isinstance(source, forms.BaseForm):
            found += _of_form(source)
        else:
            found += [{"text": _part(row, "message"), "href": _part(row, "href")} for row in source]
    return found


@register.simple_tag(takes_context=True)
def summary(context: template.Context) -> list[dict[str, str]]:
    """Gather the problems of what the error summary may be given: form, rows, more and obstacles."""
    return problems(*(context.get(name) for name in ("form", "rows", "more", "obstacles")))


@register.simple_tag
def error_prefix(*sources: Any) -> str:
    """Return "Fout: " for the title of a page on which something is wrong (same sources as `problems`)."""
    return "Fout: " if problems(*sources) else ""


def _of_form(form: forms.BaseForm) -> list[dict[str, str]]:
    general = [{"text": str(e), "href": ""} for e in form.non_field_errors()]
    hidden = [{"text": str(e), "href": ""} for field in form.hidden_fields() for e in field.errors]
    shown = [
        {"text": text, "href": f"#{first_id(field)}"} for field in form.visible_fields() for text in _named(form, field)
    ]
    return general + hidden + shown


def _named(form: forms.BaseForm, field: BoundField) -> list[str]:
    """
    Return what is wrong with a field, in words that can be read without the field beside them.

    What the field itself says of what was typed ("Dit getal is te groot.") begins with the name of the field; what a
    rule of the form says names it already.
    """
    label = field.label.rstrip(":. ")
    begin = label if label.endswith("?") else f"{label}:"
    said = []
    for error in form.errors.as_data().get(field.name, []):
        is_general = error.code not in (None, "required")
        said += [
            f"{begin} {text}" if is_general and label.lower() not in text.lower() else text for text in error.messages
        ]
    return said


def _of_row(form: forms.BaseForm, name: str) -> list[dict[str, str]]:
    """Name the row, and link to it also when the problem is of no field in particular."""
    first = next((f"#{first_id(field)}" for field in form.visible_fields()), "")
    return [
        {
            "text": problem["text"] if problem["text"].startswith(name) else f"{name}: {problem['text']}",
            "href": problem["href"] or first,
        }
        for problem in _of_form(form)
    ]


def _part(row: Any, name: str) -> str:
    return str(row.get(name, "") if isinstance(row, dict) else getattr(row, name, ""))
