"""Run the suite, or what is named, with the search; ends with 1 when a canary was found, or when a test failed."""

import os
import sys
import tempfile

import pytest


def main() -> int:
    """Run, with a folder for temporary files of its own."""
    with tempfile.TemporaryDirectory(prefix="kanarie-") as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        named = sys.argv[1:] or ["tests"]
        code = pytest.main(["-q", "-p", "tests.canaries.plugin", "-p", "no:randomly", *named])
        from tests.canaries.plugin import COPY, SEEN

        if not COPY["pages"]:
            print("Geen enkele pagina toonde een kanarie: er is niets bewezen.")
        return int(code) or int(bool(SEEN.found) or not COPY["pages"])


if __name__ == "__main__":
    sys.exit(main())
