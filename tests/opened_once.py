"""
The invented papers are few and come back in a thousand tests; to open one takes a process of its own. What that
process found in a file is remembered here, by what is in the file; in tests/papers every file is opened each time.
"""

from collections.abc import Callable
from copy import deepcopy
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

Found = list[dict[str, Any]]
ALWAYS_OPENED = Path(__file__).parent / "papers"


class Memory:
    """What the child found, and the pages that it drew."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, ...], Found] = {}
        self.drawn: dict[tuple[str, ...], dict[str, bytes]] = {}

    def instead_of(self, run: Callable[..., Found]) -> Callable[..., Found]:
        """Return what does the same as the child; it asks the child only for what it never saw."""

        def remembering(task: str, source: str, *rest: str) -> Found:
            if not Path(source).is_file():
                return run(task, source, *rest)
            content_type, folder, *which = rest or ("", "")
            key = (task, sha256(Path(source).read_bytes()).hexdigest(), content_type, *which)
            if key not in self.found:
                self.found[key] = run(task, source, *rest)
                pages = sorted(Path(folder).iterdir()) if folder else []
                self.drawn[key] = {page.name: page.read_bytes() for page in pages}
            for name, content in self.drawn[key].items():
                Path(folder, name).write_bytes(content)
            return deepcopy(self.found[key])

        return remembering


memory = Memory()


@pytest.fixture(autouse=True)
def opened_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file with the same bytes be opened once by each process of the tests."""
    if ALWAYS_OPENED not in request.path.parents:
        from papers.delivery import child

        monkeypatch.setattr(child, "run", memory.instead_of(child.run))
