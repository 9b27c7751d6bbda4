"""Letters per second of one process of the worker, against the same text rendered by WeasyPrint alone."""

import time
from itertools import cycle, islice

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench import table
from bench.house import House
from kit import bell
from papers.delivery import letters as press
from papers.models import Letter
from papers.services import letters

LIMIT = 25


def measure(house: House, *, quick: bool) -> None:
    """Measure both in turns, so that what else the machine does weighs on both."""
    number, turns = (15, 1) if quick else (60, 3)
    texts = _texts()
    alone, worker = [], []
    with house.worker(1) as process:
        _by_worker(texts, 3)
        for _ in range(turns):
            alone.append(_alone(texts, number))
            worker.append(_by_worker(texts, number))
        assert process.alive()
    bare, whole = table.median(alone), table.median(worker)
    rows = [
        ("WeasyPrint alleen", f"{bare * 1000:.0f}", f"{1 / bare:.2f}", ""),
        ("de worker, met alles", f"{whole * 1000:.0f}", f"{1 / whole:.2f}", f"{(whole / bare - 1) * 100:+.0f} %"),
    ]
    title = f"Brieven, 1 proces, {turns} keer {number}; hoogstens +{LIMIT} %"
    table.show(title, ("", "ms per brief", "brieven/s", "meer"), rows)


def _texts() -> list[Letter]:
    """Return the letters that were made by the services: those of the examples, the rest are copies of them."""
    return list(Letter.objects.filter(kind__in=("granted", "denied", "receipt")).order_by("id")[:12])


def _alone(texts: list[Letter], number: int) -> float:
    """Render with nothing around it, as well as we know how: style and fonts read once."""
    style, fonts = press.read_static(press.STYLESHEET).decode(), FontConfiguration()
    shelf = press.press().shelf
    sheet = CSS(string=style, base_url=press.HOUSE + press.STYLESHEET, url_fetcher=shelf, font_config=fonts)
    began = 0.0
    for count, letter in enumerate(islice(cycle(texts), number + 3)):
        if count == 3:
            began = time.perf_counter()
        moment = letter.created_at.isoformat()
        page = format_html(press.PAGE, letter.title, moment, moment, mark_safe(letter.html))
        html = HTML(string=page, base_url=press.HOUSE, url_fetcher=shelf)
        colors = {"paper": press.Colors()}
        html.write_pdf(stylesheets=[sheet], font_config=fonts, color_profiles=colors, **press.VARIANT)
    return (time.perf_counter() - began) / number


def _by_worker(texts: list[Letter], number: int) -> float:
    """Write letters and let the worker make them; from the first that is taken to the last that is done."""
    now = timezone.now()
    made = [
        letters.create(kind=letter.kind, title=letter.title, html=letter.html, now=now)
        for letter in islice(cycle(texts), number + 1)
    ]
    bell.ring("papers.tasks.render_letters")
    waiting = Letter.objects.filter(pk__in=[letter.pk for letter in made], issued_at=None)
    first = 0.0
    while left := waiting.count():
        if left <= number and not first:
            first, counted = time.perf_counter(), left
        time.sleep(0.05)
    return (time.perf_counter() - first) / counted
