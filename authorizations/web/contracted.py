"""What the contract register of an insurer says of a provider, beside the question whether there is a contract."""

from datetime import date

from authorizations.domain import words
from authorizations.domain.policy import Policy
from contracting.queries import register

UNLESS_WRONG = "Klopt dat niet? Neem dan contact op met de verzekeraar: die houdt het register bij."


def said(*, provider_id: int, insurer_id: int | None, policy: Policy, on: date) -> str:
    """
    Return in words that the register knows of a contract on this day; empty when it knows of none.

    Knowing of none says nothing: an insurer may keep its contracts elsewhere.

    Bron: A-08; Z-01.
    """
    found = register.in_force(provider_id, insurer_id, on) if insurer_id else None
    if found is None:
        return ""
    period = f"van {words.day(found.starts_on)} tot en met {words.day(found.ends_on)}"
    return f"Volgens het register van {policy.insurer.name} heeft u een contract, {period}."
