"""Run a test in its long form and show the figures that it reaches: on the servers and in the house of the tests."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(path: str, *, said: list[str] | None = None, **environment: str) -> int:
    """Run a test file, add what it says to `said`, and return its exit status."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:randomly", "-p", "no:logging", path]
    quiet = {"LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **quiet, **environment}, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        for line in running.stdout:
            print(line, end="", flush=True)
            if said is not None:
                said.append(line)
    return running.returncode
