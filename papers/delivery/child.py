"""
Open files of strangers in a process of their own, with little memory, little time and no disk.

Run as `python -m papers.delivery.child inspect|pages …`. It imports neither Django nor the settings: there is nothing
to take. What it finds goes out as JSON, a line at a time; if it dies, only this file is refused.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY = 1024**3
CPU_SECONDS = 20
WALL_SECONDS = 40
LARGEST_PAGE_FILE = 16 * 1024**2
ROOT = Path(__file__).resolve().parents[2]


class ChildFailed(Exception):
    """The child died, took too long or said nothing: too much for its memory or its time, or a fault in a library."""


def run(*arguments: str) -> list[dict[str, Any]]:
    """
    Run the child to its end and return what it found.

    :raises ChildFailed: when it didn't come to an end by itself
    """
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__, *arguments],
            cwd=ROOT,
            env={"PATH": os.defpath, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            check=False,
        )
        if done.returncode != 0:
            raise ChildFailed(f"exit {done.returncode}")
        return [json.loads(line) for line in done.stdout.splitlines()]
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise ChildFailed(type(error).__name__) from None


def confine(*, largest_file: int) -> None:
    """Give up what this process won't need, before it looks at anything."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(task: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """Do one task and give what it finds, piece by piece."""
    if task == "inspect":
        from papers.delivery import inspection

        confine(largest_file=0)
        yield inspection.inspect(Path(arguments[0]))
    else:
        from papers.delivery import rasters

        confine(largest_file=LARGEST_PAGE_FILE)
        source, content_type, folder, first, last = arguments
        yield from rasters.draw(Path(source), content_type, Path(folder), int(first), int(last))


if __name__ == "__main__":
    for found in main(*sys.argv[1:]):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
