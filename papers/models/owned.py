"""Whose a paper is before it hangs on anything."""

from django.db import models

from kit.postgres.defaults import current_organization


class Owned(models.Model):
    """
    Filled in by the database with the organisation for which it was written; empty when the portal itself wrote it.

    Row-level security goes by it, for at first there is no request yet through which anybody could see the paper.
    """

    owner = models.ForeignKey(
        "accounts.Organization",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="van",
        db_default=current_organization(),
    )

    class Meta:
        abstract = True
