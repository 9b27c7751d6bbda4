from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac


class UserManager(BaseUserManager["User"]):
    """Find people by their e-mail address, however it is typed."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person who can log in; without a password nobody can until one is set."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person. What this person may do follows from memberships, so there are no flags for it here."""

    email = models.EmailField("e-mailadres", unique=True)
    full_name = models.CharField("naam", max_length=150)
    profession = models.CharField("beroep", max_length=80, blank=True)
    big_number = models.CharField("BIG-nummer", max_length=11, blank=True)
    agb_code = models.CharField("AGB-code", max_length=8, blank=True)
    phone = models.CharField("telefoonnummer", max_length=20, blank=True)
    shortcuts_on = models.BooleanField("sneltoetsen", default=True)
    is_active = models.BooleanField("mag inloggen", default=True)
    joined_at = models.DateTimeField("account sinds", auto_now_add=True)
    session_round = models.PositiveIntegerField("ronde van sessies", default=0)
    """One more ends every session of this person: it is part of what a session is held against."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "persoon"
        verbose_name_plural = "personen"
        constraints = [
            # Stored in small letters, so that the plain unique index is blind to capitals.
            models.CheckConstraint(
                name="user_email_in_small_letters",
                condition=Q(email=Lower("email")),
                violation_error_message="Schrijf het e-mailadres in kleine letters.",
            ),
            models.CheckConstraint(
                name="user_has_a_name",
                condition=Q(full_name__regex=r"\S"),
                violation_error_message="Vul een naam in.",
            ),
            models.CheckConstraint(
                name="user_big_number_11_digits",
                condition=Q(big_number__regex=r"^([0-9]{11})?$"),
                violation_error_message="Het BIG-nummer heeft 11 cijfers.",
            ),
            models.CheckConstraint(
                name="user_agb_code_8_digits",
                condition=Q(agb_code__regex=r"^([0-9]{8})?$"),
                violation_error_message="Een AGB-code heeft 8 cijfers.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        kept = f"{self.password} {self.session_round}"
        return salted_hmac("accounts.User.session", kept, secret=secret, algorithm="sha256").hexdigest()
