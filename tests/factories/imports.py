"""A file of activities that somebody brought."""

from django.utils import timezone

from accounts.domain.actors import Actor
from authorizations.domain.traject_import import NEEDED
from authorizations.models import TrajectImport
from authorizations.services import traject_imports

UNKNOWN = "ZT404;190961;2026-08-03;fysiotherapie"


def brought(by: Actor, *lines: str, name: str = "mei.csv", whole: bool = False) -> TrajectImport:
    """Bring a file of these lines; without any, one line about a zorgtraject that nobody knows."""
    content = "\n".join([";".join(NEEDED), *(lines or (UNKNOWN,))]).encode()
    return traject_imports.upload(chunks=[content], file_name=name, whole=whole, by=by, now=timezone.now())
