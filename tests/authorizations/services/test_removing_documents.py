"""Documents going out of a draft again, from one item of the checklist or altogether."""

import pytest

from authorizations.domain.documents import ItemState
from authorizations.domain.terms import DocumentKind, Indication
from authorizations.models import AuthorizationRequest, Document
from authorizations.services import documents
from tests.factories import documents as make

K = DocumentKind
NOW = make.NOW


def test_removing_from_a_draft_hides_the_document_and_a_second_click_does_nothing(draft, indiener):
    document = make.added(draft, indiener)
    documents.remove(document_id=document.pk, kind=K.VERWIJSBRIEF, by=indiener, now=NOW)
    documents.remove(document_id=document.pk, kind=K.VERWIJSBRIEF, by=indiener, now=NOW)
    document.refresh_from_db()
    assert document.removed_at == NOW
    assert make.states(draft)[K.VERWIJSBRIEF] is ItemState.TO_ADD


def test_a_file_goes_when_its_last_place_goes(draft, indiener):
    document = make.added(draft, indiener, K.VERWIJSBRIEF, K.BEHANDELPLAN)

    def remove(kind):
        return documents.remove(document_id=document.pk, kind=kind, by=indiener, now=NOW)

    assert remove(K.VERWIJSBRIEF) == remove(K.VERWIJSBRIEF) == {K.BEHANDELPLAN}
    assert make.states(draft)[K.VERWIJSBRIEF] is ItemState.TO_ADD
    assert make.states(draft)[K.BEHANDELPLAN] is ItemState.COMPLETE
    assert remove(K.BEHANDELPLAN) == remove(K.BEHANDELPLAN) == set()
    assert Document.objects.get().removed_at == NOW


def test_a_place_that_is_no_longer_asked_keeps_no_file_alive(draft, indiener):
    document = make.added(draft, indiener, K.BEHANDELVERSLAG_PSYCHOSOCIAAL, K.BEHANDELPLAN)
    AuthorizationRequest.objects.filter(pk=draft.pk).update(indication=Indication.OTHER.value)
    assert documents.remove(document_id=document.pk, kind=K.BEHANDELPLAN, by=indiener, now=NOW) == set()
    assert Document.objects.get().removed_at == NOW


def test_what_was_sent_is_not_removed(indiener, insurer):
    document = make.added(make.filed(indiener, insurer), indiener)
    with pytest.raises(documents.NotAllowed, match="al ingediend"):
        documents.remove(document_id=document.pk, kind=K.VERWIJSBRIEF, by=indiener, now=NOW)


def test_a_place_that_is_not_asked_now_is_kept_for_when_it_is(draft, indiener):
    document = make.added(draft, indiener, K.BEHANDELVERSLAG_PSYCHOSOCIAAL, K.BEHANDELPLAN, K.VERWIJSBRIEF)
    AuthorizationRequest.objects.filter(pk=draft.pk).update(indication=Indication.OTHER.value)
    documents.remove(document_id=document.pk, kind=K.BEHANDELPLAN, by=indiener, now=NOW)
    assert documents.kinds_of(document) == {K.BEHANDELVERSLAG_PSYCHOSOCIAAL, K.VERWIJSBRIEF}
