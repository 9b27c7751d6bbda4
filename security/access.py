"""The whole access table: `python -m security.access`."""

import sys

from security.tests import run

if __name__ == "__main__":
    sys.exit(run("tests/security/test_access.py", SECURITY_FORM="whole"))
