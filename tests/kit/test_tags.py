"""Tags and filters of `{% load mp %}`."""

from decimal import Decimal

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import include, path

from kit.templatetags import mp

urlpatterns = [
    path("", include(([path(f"{name}/", lambda _: None, name=name) for name in ("aanvragen", "post")], "a")))
]
urlpatterns += [path("aanvragen/nieuw/", lambda _: None, name="nieuw")]


def render(source: str, path_: str = "/", **context) -> str:
    template = engines["django"].from_string("{% load mp %}" + source)
    return template.render(context, RequestFactory().get(path_))


@pytest.mark.asvs("1.2.1")
def test_badges_and_icons_escape_what_they_are_given():
    assert "&lt;b&gt;" in render("{% badge 'ok' text %}", text="<b>")
    assert 'aria-label="&lt;b&gt;&quot;"' in render("{% icon 'check' text %}", text='<b>"')
    assert 'aria-hidden="true"' in render("{% icon 'check' %}")


def test_an_unknown_badge_or_icon_is_a_mistake():
    with pytest.raises(KeyError):
        render("{% badge 'groen' 'x' %}")


@pytest.mark.parametrize(
    ("here", "current"),
    [
        ("/aanvragen/", ["page", "", ""]),
        ("/aanvragen/MA-1/", ["true", "", ""]),
        ("/aanvragen/nieuw/", ["", "page", ""]),
        ("/aanvragen/nieuw/stap/", ["", "true", ""]),
        ("/anders/", ["", "", ""]),
    ],
)
def test_the_menu_knows_where_we_are_and_leaves_out_what_is_not_there(settings, here, current):
    settings.ROOT_URLCONF = "tests.kit.test_tags"
    html = "{% menu 'a:aanvragen' 'Aanvragen' 'nieuw' 'Nieuw' 'er:niet' 'Weg' 'a:post' 'Post' as items %}"
    shown = render(html + "{% for i in items %}{{ i.text }}={{ i.current }};{% endfor %}", here)
    assert shown == "Aanvragen={};Nieuw={};Post={};".format(*current)


@pytest.mark.parametrize(
    ("count", "written"),
    [(0, "0 kB"), (1, "1 kB"), (219_136, "214 kB"), (3_565_158, "3,4 MB"), (26_214_400, "25 MB"), (None, "")],
)
def test_sizes(count, written):
    assert mp.size(count) == written


def test_numbers_and_initials():
    assert mp.number(Decimal("4.50")) == "4,5"
    assert mp.number(None) == ""
    assert mp.initials("Anna van der Meijer") == "AM"
    assert mp.initials("") == ""


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 6, 0), (3, 6, 50), (6, 6, 100), (7, 6, 100), (1, 0, 0), (1, 3, 35)]
)
def test_a_bar_is_filled_with_a_class(part, whole, expected):
    assert mp.percent_class(part, whole) == f"mp-fill-{expected}"
