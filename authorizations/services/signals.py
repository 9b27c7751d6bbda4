"""
What stands out in a request, and what bears on each criterion: the same for who files it and for who judges it.

Bron: features.md, "what none of them has", row 7 (dry run with the adviser's own checks).
"""

from collections.abc import Iterable
from datetime import datetime

from authorizations import queries
from authorizations.domain import signals as rules
from authorizations.domain.terms import DocumentKind
from authorizations.models import AuthorizationRequest, Document
from authorizations.services import checklist, drafts


def of(authorization: AuthorizationRequest, documents: Iterable[Document], *, now: datetime) -> list[rules.Signal]:
    """Return what stands out: of a filed request as on the day it was filed, of a draft as if that were now."""
    return rules.signals(
        drafts.application_of(authorization),
        queries.policy_of(authorization),
        queries.national(),
        expected_on=drafts.expected_on(authorization, now=authorization.submitted_at or now),
        answers=checklist.answers(checklist.checklist(authorization)),
        papers=[
            rules.Paper(
                DocumentKind(next((item.kind for item in document.items.all()), DocumentKind.OVERIG)),
                document.lacking,
            )
            for document in documents
        ],
        agb_code=authorization.provider.agb_code,
    )
