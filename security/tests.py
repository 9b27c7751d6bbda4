"""Run a test in its long form and show the figures that it reaches: on the servers and in the house of the tests."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(path: str, **environment: str) -> int:
    """Run a test file; return its exit status."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:randomly", "-p", "no:logging", path]
    quiet = {"LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **quiet, **environment}, check=False).returncode
