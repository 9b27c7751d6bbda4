"""The menus of the two sides."""

from django import template

from kit.templatetags.mp import menu
from portal import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def menu_of_insurer(context: template.Context) -> list[dict[str, str]]:
    """Return the menu of the desk for who is logged in."""
    return menu(context, *navigation.pairs(navigation.OF_INSURER, _roles(context)))


@register.simple_tag(takes_context=True)
def menu_of_provider(context: template.Context) -> list[dict[str, str]]:
    """Return the menu of a zorgaanbieder for who is logged in."""
    return menu(context, *navigation.pairs(navigation.OF_PROVIDER, _roles(context)))


def _roles(context: template.Context) -> frozenset[str]:
    actor = getattr(context.get("request"), "actor", None)
    return actor.roles if actor else frozenset()
