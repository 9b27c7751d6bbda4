from django.db import models
from django.db.models import F, Q


class Guesses(models.Model):
    """
    Wrong passwords for one account from one source; kept for an account that doesn't exist just the same.

    Both are keyed hashes: who reads this table learns neither an e-mail address nor where somebody was.
    """

    account = models.CharField("account", max_length=64)
    source = models.CharField("bron", max_length=64)
    known_device = models.BooleanField("bekend apparaat", default=False)
    wrong = models.PositiveIntegerField("aantal fout")
    last_wrong_at = models.DateTimeField("laatst fout op")
    locked_until = models.DateTimeField("rust tot", null=True, blank=True)

    class Meta:
        verbose_name = "foute wachtwoorden"
        verbose_name_plural = "foute wachtwoorden"
        indexes = [models.Index(name="guesses_source", fields=["source", "last_wrong_at"])]
        constraints = [
            models.UniqueConstraint(name="guesses_once", fields=["account", "source"]),
            models.CheckConstraint(
                name="guesses_rest_after_mistake",
                condition=Q(locked_until=None) | Q(locked_until__gt=F("last_wrong_at")),
                violation_error_message="De rust begint na de laatste fout.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wrong} keer fout"
