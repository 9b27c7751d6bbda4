"""
Open files of strangers in a process of their own, with little memory, little time and no disk.

Run as `python -m papers.delivery.child inspect|page|pages|scan|read …`. It imports neither Django nor the settings:
there is nothing to take. What it finds goes out as JSON, a line at a time; if it dies, only this file is refused.
"""

import ctypes
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MEMORY = 1024**3
CPU_SECONDS = {"inspect": 4, "page": 4, "pages": 20, "scan": 10, "read": 30}
"""Somebody waits for the inspection and for one page; the pages are made by the worker."""
WALL_SECONDS = 40
LARGEST_PAGE_FILE = 16 * 1024**2
READER = ("-l", "nld", "--psm", "3")
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
PR_SET_NO_NEW_PRIVS, CLONE_NEWUSER, CLONE_NEWNET = 38, 0x10000000, 0x40000000
ROOT = Path(__file__).resolve().parents[2]


class ChildFailed(Exception):
    """The child died, took too long or said nothing: too much for its memory or its time, or a fault in a library."""


def run(*arguments: str) -> list[dict[str, Any]]:
    """
    Run the child to its end and return what it found.

    :raises ChildFailed: when it didn't come to an end by itself
    """
    return finish(start(*arguments))


def start(*arguments: str) -> "subprocess.Popen[bytes]":
    """Start the child. `wait` stands for a task that comes later, on a line of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "papers.delivery.child", *arguments],
        cwd=ROOT,
        env={"PATH": os.defpath, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def finish(started: "subprocess.Popen[bytes]", *task: str) -> list[dict[str, Any]]:
    """
    Give a started child its task, if it waits for one, and return what it found.

    :raises ChildFailed: when it didn't come to an end by itself
    """
    try:
        return [json.loads(line) for line in output(started, *task).splitlines()]
    except ValueError as error:
        raise ChildFailed(type(error).__name__) from None


def output(started: "subprocess.Popen[bytes]", *task: str) -> bytes:
    """
    Return what a started child said, whatever form that has.

    :raises ChildFailed: when it didn't come to an end by itself
    """
    with started:
        try:
            found, _ = started.communicate(json.dumps(task).encode() if task else None, timeout=WALL_SECONDS)
            if started.returncode != 0:
                raise ChildFailed(f"exit {started.returncode}")
            return found
        except subprocess.TimeoutExpired as error:
            raise ChildFailed(type(error).__name__) from None
        finally:
            started.kill()


def confine(*, cpu_seconds: int, largest_file: int) -> None:
    """Give up what this process won't need, before it looks at anything."""
    leave_the_network()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # No other process either; root is not bound by this, so the portal doesn't run as root.
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def leave_the_network() -> bool:
    """
    Go where there is no network, and never get more rights than we have; False where the system allows no such place.

    Not every container may make one. Then the child has the network of the web process, which in docker-compose.yml
    reaches the database and Redis only.
    """
    system = ctypes.CDLL(None, use_errno=True)
    system.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return any(system.unshare(way) == 0 for way in (CLONE_NEWNET, CLONE_NEWUSER | CLONE_NEWNET))


def main(task: str, *arguments: str) -> Iterator[dict[str, Any]]:
    """Do one task and give what it finds, piece by piece."""
    if task == "wait":
        # Reading the libraries takes as long as drawing a page, and needs nothing of anybody.
        from papers.delivery import rasters

        if asked := sys.stdin.read():
            yield from main(*json.loads(asked))
    elif task == "inspect":
        from papers.delivery import inspection

        confine(cpu_seconds=CPU_SECONDS[task], largest_file=0)
        yield inspection.inspect(Path(arguments[0]))
    elif task == "read":
        # It becomes tesseract, which then has no more than we would have.
        confine(cpu_seconds=CPU_SECONDS[task], largest_file=0)
        words = ["tesseract", *arguments, "stdout", *READER]
        os.execvpe("tesseract", words, {"PATH": os.defpath, **ONE_THREAD})  # noqa: S606 (all of it is ours)
    elif task == "scan":
        from papers.delivery import rasters

        confine(cpu_seconds=CPU_SECONDS[task], largest_file=LARGEST_PAGE_FILE)
        source, content_type, folder, number, _ = arguments
        rasters.draw_large(Path(source), content_type, Path(folder), int(number))
    else:
        from papers.delivery import rasters

        confine(cpu_seconds=CPU_SECONDS[task], largest_file=LARGEST_PAGE_FILE)
        source, content_type, folder, first, last = arguments
        yield from rasters.draw(Path(source), content_type, Path(folder), int(first), int(last))


if __name__ == "__main__":
    for found in main(*sys.argv[1:]):
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()
