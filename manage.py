#!/usr/bin/env python
"""Django's command line for the portal."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] == ["toets"]:
        # The checks read files only: no secret, database or server is needed, so none has to be configured either.
        os.environ.setdefault("PORTAL_ENV", "demo")
    from django.core.management import execute_from_command_line

    from kit import tenancy

    tenancy.become(tenancy.Context(system=tenancy.COMMAND))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
