"""Tables in the terminal, and what machine this is."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def show(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print a table."""
    lines = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}\n")
    for number, line in enumerate(lines):
        print("  ".join([line[0].ljust(widths[0]), *map(str.rjust, line[1:], widths[1:])]).rstrip())
        if number == 0:
            print("  ".join("-" * width for width in widths))


def p95(times: Sequence[float]) -> float:
    """Return the time within which nineteen of twenty were done."""
    return sorted(times)[max(0, -(-len(times) * 95 // 100) - 1)]


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Return how many seconds a call took, and what it gave."""
    began = time.perf_counter()
    found = call()
    return time.perf_counter() - began, found


def ms(seconds: float) -> str:
    """Return milliseconds."""
    return f"{seconds * 1000:.0f}"


def median(times: Sequence[float]) -> float:
    """Return the middle one."""
    return statistics.median(times)


def machine(postgres: str) -> str:
    """Return what was measured on, and how busy it was."""
    cpu, memory = _said("/proc/cpuinfo", "model name"), int(_said("/proc/meminfo", "MemTotal").split()[0]) // 1024**2
    asked = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    load = "/".join(f"{number:.1f}" for number in os.getloadavg())
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {os.cpu_count()} kernen ({cpu}), {memory} GB, "
        f"Python {platform.python_version()}, PostgreSQL {postgres}, versie {asked.stdout.strip()}, drukte {load}"
    )


def _said(file: str, name: str) -> str:
    lines = Path(file).read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "?")
