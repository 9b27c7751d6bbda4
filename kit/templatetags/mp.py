"""Icons, badges, the mark, the menu, and numbers as they are written here."""

from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Paginator
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from kit.fields import dutch
from kit.icons import ICONS
from kit.text import cited as cite

register = template.Library()
FRAME = mark_safe('class="mp-icon" viewBox="0 0 20 20"')
MEGABYTE = 1024 * 1024
BADGES = {"neutral": "neutral", "active": "active", "warning": "warning", "ok": "success", "danger": "danger"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of `kit.icons`; with a label it speaks, without one it is decoration."""
    drawing = mark_safe(ICONS[name])  # noqa: S308 (a constant of this house)
    if label:
        return format_html('<svg {} role="img" aria-label="{}">{}</svg>', FRAME, label, drawing)
    return format_html('<svg {} aria-hidden="true" focusable="false">{}</svg>', FRAME, drawing)


@register.simple_tag
def badge(kind: str, text: str) -> SafeString:
    """Show a state: neutral, active, warning, ok or danger. The text says it too, colour alone never does."""
    return format_html('<span class="utrecht-status-badge utrecht-status-badge--{}">{}</span>', BADGES[kind], text)


@register.simple_tag
def logo(*, inverse: bool = False) -> SafeString:
    """Draw the mark; `inverse=True` on a dark ground."""
    return format_html(
        '<svg class="mp-mark{}" viewBox="0 0 32 32" aria-hidden="true" focusable="false">'
        '<rect width="32" height="32" rx="7"/>'
        '<path d="M7.5 23.5V13.2l6.6 7L24.5 8.5v15"/></svg>',
        " mp-mark--inverse" if inverse else "",
    )


@register.simple_tag(takes_context=True)
def menu(context: template.Context, *pairs: str) -> list[dict[str, str]]:
    """
    Return the items of a menu from pairs of URL name and text; names that this portal doesn't have are left out.

    The current one is the page itself ("page") or the longest path that this page stands under ("true").
    """
    items = []
    for name, text in zip(pairs[::2], pairs[1::2], strict=True):
        try:
            items.append({"url": reverse(name), "text": text, "current": ""})
        except NoReverseMatch:
            continue
    request = context.get("request")
    here = request.path if request else ""
    above = [item for item in items if here == item["url"] or (item["url"] != "/" and here.startswith(item["url"]))]
    if above:
        nearest = max(above, key=lambda item: len(item["url"]))
        nearest["current"] = "page" if here == nearest["url"] else "true"
    return items


@register.filter
def cited(place: str, source: str) -> str:
    """Name the source by its title: `{{ section.source|cited:policy.source }}`."""
    return cite(place, source)


@register.filter
def number(value: Decimal | int | float | None) -> str:
    """Write a number as 1.204 or 4,5."""
    return "" if value is None else dutch(Decimal(str(value)))


@register.filter
def size(count: int | None) -> str:
    """Write the size of a file as 214 kB or 3,4 MB."""
    if count is None:
        return ""
    if count < MEGABYTE:
        return f"{max(1, round(count / 1024)) if count else 0} kB"
    return f"{dutch(round(Decimal(count) / MEGABYTE, 1))} MB"


@register.filter
def initials(name: str) -> str:
    """Return the letters of an avatar: the first of the first and of the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.simple_tag
def percent_class(part: int, whole: int) -> str:
    """Return the class of a bar filled for this part, in steps of five: a strict CSP allows no inline widths."""
    return f"mp-fill-{0 if whole < 1 else min(100, max(0, round(part / whole * 20) * 5))}"


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """Look a key up that is known only while rendering; an unknown one gives an empty text."""
    return mapping.get(key, "") if mapping else ""


@register.filter
def elided(paginator: "Paginator[Any]", number: int) -> list[Any]:
    """Return the numbers of a pagination around this one, with gaps."""
    return list(paginator.get_elided_page_range(number, on_each_side=2, on_ends=1))
