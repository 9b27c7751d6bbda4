"""Passwords: the rule of the house, in the form in which Django and allauth ask for it."""

from collections.abc import Iterable
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from accounts import queries
from accounts.domain import passwords
from accounts.models import Organization, User


@cache
def common() -> frozenset[str]:
    """Return Django's list of common passwords, in small letters."""
    return frozenset(CommonPasswordValidator().passwords)


def problems(password: str, *, user: User, organizations: Iterable[Organization] = ()) -> list[str]:
    """Return why this person can't have this password, for people."""
    return passwords.problems(password, about=queries.words_about(user, organizations), common=common())


class Rule:
    """The validator of `AUTH_PASSWORD_VALIDATORS`. Bron: R-24."""

    def validate(self, password: str, user: User | None = None) -> None:
        """:raises ValidationError: with the reason, for people"""
        found = problems(password, user=user or User())
        if found:
            raise ValidationError([ValidationError(text, code="password") for text in found])

    def get_help_text(self) -> str:
        return f"Minstens {passwords.SHORTEST} tekens. Alle tekens mogen. Een zin van 4 of 5 woorden werkt goed."
