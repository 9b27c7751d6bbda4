import time
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from accounts.services import factors
from kit import resealing
from kit.crypto import CannotOpen
from kit.encrypted import keyring
from portal.tenancy.owner import as_owner

PATIENCE = 60
"""How many times it comes back for rows that somebody holds."""


class Command(BaseCommand):
    help = (
        "Versleutelt alles opnieuw onder de huidige sleutel (de eerste van DATA_KEYS). "
        "Mag op elk moment gestopt en opnieuw gestart worden, ook terwijl het portaal draait."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # Frozen rows change their key for the owner of the tables alone.
        with as_owner():
            self.rotate()

    def rotate(self) -> None:
        """Go round the tables until nothing is left under an old key."""
        tables = resealing.tables()
        left = self._left(tables)
        self.stdout.write(f"Huidige sleutel: {keyring().current}. Nog {left} rijen onder een oude sleutel.")
        self.total, self.done, self.started = left, 0, time.monotonic()
        for _ in range(PATIENCE):
            if not left:
                break
            for table in tables:
                self._rotate(table.name, self._rewritten(table))
            self._rotate("mfa_authenticator", factors.reseal())
            left = self._left(tables)
            if left:
                # Somebody holds them: they are skipped rather than waited for.
                time.sleep(1)
        if left:
            raise CommandError(f"{left} rijen zijn steeds in gebruik. Start de opdracht later opnieuw.")
        self.stdout.write("0 rijen onder een oude sleutel.")

    def _left(self, tables: list[resealing.Table]) -> int:
        of_tables = sum(resealing.count(connection, table, resealing.under_another_key) for table in tables)
        return of_tables + factors.count_under_another_key()

    def _rewritten(self, table: resealing.Table) -> Iterator[int]:
        return resealing.rewrite(connection, table, resealing.under_another_key, resealing.reseal)

    def _rotate(self, name: str, batches: Iterator[int]) -> None:
        try:
            for rows in batches:
                self.done += rows
                self._tell(name)
        except CannotOpen as error:
            raise CommandError(f"{error} Er is niets verloren: voeg de sleutel toe of herstel die rij.") from None

    def _tell(self, name: str) -> None:
        rate = self.done / max(time.monotonic() - self.started, 0.001)
        seconds = round(max(self.total - self.done, 0) / rate)
        self.stdout.write(f"{name}: {self.done}/{self.total} rijen, {rate:.0f} per seconde, nog {seconds} s")
        self.stdout.flush()
