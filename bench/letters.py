"""Letters per second of one process of the worker, against the same text rendered by WeasyPrint alone."""

import os
import time
from itertools import cycle, islice
from pathlib import Path

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
from tests.chaos.stage import helpers_of

LIMIT = 25
Took = tuple[float, float]
"""Seconds per letter: of the clock, and of the processor. Only the second is the same on a busy machine."""


def measure(house: House, *, quick: bool) -> None:
    """Measure both in turns, so that what else the machine does weighs on both."""
    number, turns = (15, 1) if quick else (45, 3)
    texts = _texts()
    alone: list[Took] = []
    worker: list[Took] = []
    with house.worker(1) as process:
        _by_worker(texts, 3, process.process.pid)
        for _ in range(turns):
            alone.append(_alone(texts, number))
            worker.append(_by_worker(texts, number, process.process.pid))
    rows = []
    for name, took in (("WeasyPrint alleen", alone), ("de worker, met alles", worker)):
        clock, cpu = (table.median([each[kind] for each in took]) for kind in (0, 1))
        more = [each[kind] / bare[kind] - 1 for kind in (0, 1) for each, bare in zip(took, alone, strict=True)]
        clock_more, cpu_more = (table.median(part) * 100 for part in (more[:turns], more[turns:]))
        cells = (
            f"{clock * 1000:.0f}",
            f"{1 / clock:.2f}",
            f"{clock_more:+.0f} %",
            f"{cpu * 1000:.0f}",
            f"{cpu_more:+.0f} %",
        )
        rows.append((name, *cells))
    title = f"Brieven, 1 proces, {turns} keer {number}; hoogstens +{LIMIT} %"
    table.show(title, ("", "ms per brief", "brieven/s", "meer", "ms rekentijd", "meer"), rows)


def _texts() -> list[Letter]:
    """Return the letters that were made by the services: those of the examples, the rest are copies of them."""
    return list(Letter.objects.filter(kind__in=("granted", "denied", "receipt")).order_by("id")[:12])


def _alone(texts: list[Letter], number: int) -> Took:
    """Render with nothing around it, as well as we know how: style and fonts read once."""
    style, fonts = press.read_static(press.STYLESHEET).decode(), FontConfiguration()
    shelf = press.press().shelf
    sheet = CSS(string=style, base_url=press.HOUSE + press.STYLESHEET, url_fetcher=shelf, font_config=fonts)
    began = cpu = 0.0
    for count, letter in enumerate(islice(cycle(texts), number + 3)):
        if count == 3:
            began, cpu = time.perf_counter(), time.process_time()
        moment = letter.created_at.isoformat()
        page = format_html(press.PAGE, letter.title, moment, moment, mark_safe(letter.html))
        html = HTML(string=page, base_url=press.HOUSE, url_fetcher=shelf)
        colors = {"paper": press.Colors()}
        html.write_pdf(stylesheets=[sheet], font_config=fonts, color_profiles=colors, **press.VARIANT)
    return (time.perf_counter() - began) / number, (time.process_time() - cpu) / number


def _by_worker(texts: list[Letter], number: int, pid: int) -> Took:
    """Write letters and let the worker make them; from when the first is done to when the last is."""
    now = timezone.now()
    made = [
        letters.create(kind=letter.kind, title=letter.title, html=letter.html, now=now)
        for letter in islice(cycle(texts), number + 1)
    ]
    bell.ring("papers.tasks.render_letters")
    waiting = Letter.objects.filter(pk__in=[letter.pk for letter in made], issued_at=None)
    began = cpu = 0.0
    counted = 0
    while left := waiting.count():
        if left <= number and not counted:
            began, cpu, counted = time.perf_counter(), _cpu(pid), left
        time.sleep(0.05)
    return (time.perf_counter() - began) / counted, (_cpu(pid) - cpu) / counted


def _cpu(pid: int) -> float:
    """Return the seconds of processor that a process and its children took."""
    ticks = 0
    for one in (pid, *helpers_of(pid)):
        after_name = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        ticks += int(after_name[11]) + int(after_name[12])
    return ticks / os.sysconf("SC_CLK_TCK")
