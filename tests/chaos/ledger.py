"""What clients were told: written down outside the portal, and on disk before they go on."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any


class Ledger:
    """Lines that are only ever added, each brought to the disk before `told` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600)
        self._alone = threading.Lock()
        self.lines: list[dict[str, Any]] = []

    def told(self, what: str, reference: str, *, asked_at: float, **about: Any) -> None:
        """Write down that somebody who asked at `asked_at` was told this of a request."""
        line = {"what": what, "reference": reference, "asked_at": asked_at, "at": time.time(), **about}
        with self._alone:
            os.write(self._file, json.dumps(line).encode() + b"\n")
            os.fsync(self._file)
            self.lines.append(line)

    def of(self, *what: str) -> list[dict[str, Any]]:
        """Return the lines of these kinds."""
        with self._alone:
            return [line for line in self.lines if line["what"] in what]

    def close(self) -> None:
        """Stop writing."""
        os.close(self._file)
