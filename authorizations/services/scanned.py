"""
Take into account what the virus scanner said of a file after its provider had gone on.

Bron: decisions.md, "States and words"; R-38 (a document that isn't there is an obstacle).
"""

from datetime import datetime

from django.db import transaction

from authorizations import queries
from authorizations.models import Document
from authorizations.services import documents, lifecycle, messages
from papers.services import files

REFUSED = "document_refused"


def catch_up(*, now: datetime) -> int:
    """Settle every document whose file was judged while nobody looked; return how many."""
    return sum(settle(document_id=pk, now=now) for pk in queries.documents_to_settle().values_list("pk", flat=True))


@transaction.atomic
def settle(*, document_id: int, now: datetime) -> bool:
    """Bring the request up to date, and tell who added the file when it was refused; False when that was done."""
    found = Document.objects.get(pk=document_id)
    authorization = queries.authorization_to_change(authorization_id=found.authorization_id)
    document = Document.objects.select_related("file", "added_by").get(pk=document_id)
    if not files.owner_told(document.file_id, now=now):
        return False
    documents.update_completeness(authorization)
    if document.file.is_refused and document.removed_at is None:
        if not authorization.is_draft:
            lifecycle.record(authorization, REFUSED, by=None, at=now)
        messages.tell_who_added(document, REFUSED, now=now)
    return True
