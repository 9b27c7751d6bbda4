"""
Everything of safety that can be measured: `make security`, or a part of it: `python -m security.run fuzz`.

Runs one part after another, also when one fails, and closes with a line per figure. A part adds itself to PARTS.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from security import figures
from security.figures import Figure

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Part:
    """A command that tells figures (`security.figures.tell`) and exits with 0 when they are as they should be."""

    name: str
    command: tuple[str, ...]


PARTS = (
    Part("static", ("-m", "security.static")),
    Part("access", ("-m", "security.access")),
    Part("fuzz", ("-m", "security.fuzz", "--requests", "50000")),
    Part("uploads", ("-m", "security.uploads")),
    Part("log", ("-m", "security.logged")),
    Part("tamper", ("-m", "bench.tamper", "--rounds", "1000")),
    Part("canaries", ("-m", "tests.canaries")),
    Part("observatory", ("-m", "security.observatory")),
    Part("wire", ("-m", "security.wire")),
    Part("asvs", ("-m", "security.asvs")),
)


def run(part: Part, kept: Path) -> tuple[int, float]:
    """Run one part; return its exit status and how long it took."""
    began = time.monotonic()
    environment = os.environ | {figures.KEPT_IN: str(kept)}
    done = subprocess.run([sys.executable, *part.command], cwd=ROOT, env=environment, check=False)
    return done.returncode, time.monotonic() - began


def judged(part: Part, status: int, found: Sequence[Figure]) -> list[Figure]:
    """Return the figures of a part; one that ended badly, or told nothing, has one that says so."""
    if status and all(figure.met for figure in found):
        return [*found, Figure(part.name, f"stopte met {status}", "0", met=False)]
    return list(found) or [Figure(part.name, "geen cijfer", "een cijfer", met=False)]


def main() -> int:
    """Run what is asked, or everything; return the exit status."""
    asked = set(sys.argv[1:])
    unknown = asked - {part.name for part in PARTS}
    if unknown:
        print(f"Onbekend: {', '.join(sorted(unknown))}. Er is: {', '.join(part.name for part in PARTS)}.")
        return 2
    lines: list[Figure] = []
    for part in [part for part in PARTS if not asked or part.name in asked]:
        print(f"\n== {part.name}", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            kept = Path(folder) / "figures"
            kept.touch()
            status, seconds = run(part, kept)
            lines += judged(part, status, figures.read(kept))
        print(f"   {seconds:.0f} s", flush=True)
    print("\n== samen")
    for line in lines:
        print(f"  {line}")
    failed = [line for line in lines if not line.met]
    print(f"\n{len(lines) - len(failed)} van {len(lines)} gehaald")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
