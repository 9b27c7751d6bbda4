"""Nonsense for every form: `python -m security.fuzz --requests 50000 --seed 7`. The same seed sends the same."""

import argparse
import secrets
import sys

from security.tests import run


def main() -> int:
    """Read the command line and send."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**8))
    asked = parser.parse_args()
    return run("tests/security/test_fuzz.py", FUZZ_REQUESTS=str(asked.requests), FUZZ_SEED=str(asked.seed))


if __name__ == "__main__":
    sys.exit(main())
