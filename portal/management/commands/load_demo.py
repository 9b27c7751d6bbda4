from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from authorizations.services import figures
from papers.services import files
from portal.world import stories


class Command(BaseCommand):
    help = "Maakt de wereld van de demo: verzonnen mensen, organisaties en aanvragen in elke staat."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        # A few invented papers serve all requests; each is opened in a process of its own.
        with files.each_once():
            told = stories.tell(timezone.now())
        # Else the page of figures would stay empty until the clock has rung.
        figures.count(now=timezone.now(), most=365)
        self.stdout.write(f"{told} verhalen verteld.")
