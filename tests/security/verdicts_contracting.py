"""Who may do what at the addresses of contracts, which the insurer keeps and both sides see: a part of the table."""

from collections.abc import Callable
from typing import Any

from accounts.domain.roles import Role

KEEPER = frozenset({Role.BEHEERDER})
FILLER = frozenset({Role.ORGANISATIEBEHEERDER})
BOTH_SIDES = KEEPER | FILLER
Kind = Callable[..., Any]


def rows(page: Kind, form: Kind, button: Kind, *, everybody: None, nobody: frozenset[Role]) -> dict[str, Any]:
    """Return the rows, made with the words of the table itself."""
    looked_at = (
        "contracts",
        "contract",
        "questionnaires",
        "questionnaire",
        "questionnaire-paper",
        "budgets",
        "start-letter",
    )
    kept = ("contract-propose", "publish", "desks", "questionnaire-judge", "budget-note", "season-new", "season")
    filled_in = ("questionnaire-begin", "questionnaire-fill")
    public = ("publications", "publication", "publication-file")
    found = {
        **dict.fromkeys(looked_at, page(BOTH_SIDES)),
        **dict.fromkeys(("contracts-file", "seasons"), page(KEEPER)),
        **dict.fromkeys(kept, form(KEEPER, how_first=True)),
        **dict.fromkeys(filled_in, form(FILLER, how_first=True)),
        **dict.fromkeys(("contract-step", "budget-withdraw", "season-send"), button(KEEPER)),
        # Nobody decided yet.
        "questionnaire-letter": page(BOTH_SIDES, finds=nobody),
        **dict.fromkeys(public, page(everybody)),
    }
    return {f"contracting:{name}": row for name, row in found.items()}
