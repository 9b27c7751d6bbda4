"""Work that is still to be done is a row that isn't done yet: these are the columns it needs for that."""

from django.db import models
from django.db.models.functions import Now


class Work(models.Model):
    """How often it was tried, when it may be tried again, and what kind of error it met (never its text)."""

    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    next_attempt_at = models.DateTimeField("volgende poging", null=True, blank=True)
    last_error = models.CharField("laatste fout", max_length=200, blank=True, default="")
    gave_up_at = models.DateTimeField("vastgelopen op", null=True, blank=True)

    waiting_since = models.DateTimeField("staat hier sinds", db_default=Now(), editable=False)
    """By the clock of the database: a row that was dated back waits no longer than it exists."""

    class Meta:
        abstract = True
