"""Make the database and the static files ready for the demo; each step does nothing when there is nothing to do."""

import hashlib
from io import StringIO
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Zet de database en de statische bestanden klaar voor de demo."

    def handle(self, *args: Any, **options: Any) -> None:
        self.step("Database", "migrate", verbosity=0, interactive=False)
        self.step("Beleid", "load_policies", verbosity=0)
        self.step("Codes", "load_catalogue", verbosity=0)
        loaded = settings.DATA_DIR / "wereld"
        if not loaded.exists():
            self.step("Verzonnen mensen en aanvragen", "load_demo", verbosity=0)
            loaded.touch()
        self.collect()
        call_command("demo_accounts", stdout=self.stdout)

    def step(self, title: str, command: str, **options: Any) -> None:
        """Run a command, announced by its title."""
        if title:
            self.stdout.write(f"- {title}")
            self.stdout.flush()
        call_command(command, stdout=StringIO(), **options)

    def collect(self) -> None:
        """Collect the static files again when one of them changed."""
        sources = sorted(path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file())
        state = [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in sources]
        now = hashlib.sha256("\n".join([*state, settings.STATICFILES_DIRS[0].as_posix()]).encode()).hexdigest()
        seen = settings.STATIC_ROOT / "stand"
        if not seen.exists() or seen.read_text() != now:
            self.step("Opmaak", "collectstatic", verbosity=0, interactive=False)
            seen.write_text(now)
