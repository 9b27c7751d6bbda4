"""manage.py load_release: bring a release of codes from the shell, look at what it changes and activate it."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ggz_codes.domain.release_terms import AT_WORK, DiffKind, NoteKind, ReleaseStage, Source
from ggz_codes.queries import releases as asked
from ggz_codes.services import release_work, releases
from ggz_codes.services.releases import AlreadyThere, Manifest, NotAllowed


class Command(BaseCommand):
    """Load a release; a second time nothing changes."""

    help = "Lees een uitgave van codes in, toon het verschil en activeer haar (veilig om te herhalen)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="zip, xml, csv of xlsx")
        parser.add_argument("--source", choices=[one.value for one in Source], required=True)
        parser.add_argument("--package", required=True, help="bijvoorbeeld grouper, of COD954 van Vektis")
        parser.add_argument("--release", required=True, help="bijvoorbeeld RZ17a")
        parser.add_argument("--effective", type=date.fromisoformat, required=True, help="ingangsdatum")
        parser.add_argument("--delivered", type=date.fromisoformat, required=True, help="leverdatum")
        parser.add_argument(
            "--version-date", type=date.fromisoformat, help="datum van de inhoud, als die er niet in staat"
        )
        parser.add_argument("--dry-run", action="store_true", help="toon alleen het verschil")
        parser.add_argument("--force", action="store_true", help="ook als een nieuwere in gebruik is")

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = Manifest(
            source=Source(options["source"]),
            package=options["package"],
            name=options["release"],
            effective_on=options["effective"],
            delivered_on=options["delivered"],
            version_on=options["version_date"],
        )
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                chunks = iter(lambda: file.read(1024**2), b"")
                release = releases.upload(
                    chunks=chunks, file_name=path.name, manifest=manifest, by=None, now=timezone.now()
                )
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None
        except AlreadyThere as known:
            self.stdout.write(str(known))
            return
        except NotAllowed as refusal:
            raise CommandError(str(refusal)) from None
        self._work(release)
        if release.stage != ReleaseStage.READY:
            self._faults(release)
            raise CommandError(release.why_stopped)
        self._told(release)
        try:
            if options["dry_run"]:
                releases.cancel(release_id=release.pk, by=None, now=timezone.now())
                self.stdout.write("Alleen een proef: er is niets veranderd.")
                return
            releases.activate(release_id=release.pk, by=None, forced=options["force"], now=timezone.now())
        except NotAllowed as refusal:
            releases.cancel(release_id=release.pk, by=None, now=timezone.now())
            raise CommandError(f"{refusal} (--force)") from None
        self._work(release)
        self.stdout.write(f"{release}: {ReleaseStage(release.stage).label.lower()}.")

    def _work(self, release: Any) -> None:
        """Go on until this release waits for a person; the worker may do a part of it."""
        while True:
            release.refresh_from_db()
            if release.stage not in AT_WORK:
                return
            release_work.do_next(now=timezone.now())

    def _told(self, release: Any) -> None:
        counts = release.counts
        total = sum(counts["rows"].values())
        self.stdout.write(f"{release}, versie van {release.version_on}: {total} codes, {counts['links']} relaties.")
        for one in DiffKind:
            if counts["changes"].get(one.value):
                self.stdout.write(f"  {one.label}: {counts['changes'][one.value]}")
        for note in asked.notes(release, NoteKind.SKIPPED):
            self.stdout.write(f"  Overgeslagen: {note.value} regels {note.place}")

    def _faults(self, release: Any) -> None:
        for note in asked.notes(release, NoteKind.FAULT)[:50]:
            self.stderr.write(f"{note.place}, kolom {note.column or '-'}: {note.message}")
