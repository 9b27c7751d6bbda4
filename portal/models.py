"""What the house itself remembers."""

from django.db import models


class RateCount(models.Model):
    """
    How often somebody asked for something in one stretch of time.

    In the database, so that a limit on guessing holds while Redis is away. `who` is a hash: nobody's address is kept.
    """

    limit = models.CharField(max_length=60)
    who = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    count = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["limit", "who", "began_at"], name="rate_counted_once")]
        indexes = [models.Index(fields=["began_at"], name="rate_began_at")]

    def __str__(self) -> str:
        return f"{self.limit}: {self.count}"
