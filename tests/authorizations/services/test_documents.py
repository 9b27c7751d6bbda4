"""Documents coming in, being replaced, described, explained away and judged."""

import io
import threading
from dataclasses import replace

import pytest
from django.db import connection, connections

from authorizations.domain.documents import ItemState
from authorizations.domain.lifecycle import Status
from authorizations.domain.terms import DocumentKind, DocumentVerdict, Feature, FeatureAnswer, Indication, Origin
from authorizations.models import ChecklistAnswer, Document, StatusEvent
from authorizations.services import checklist as service
from authorizations.services import documents
from kit import tenancy
from papers.models import File, Mail
from tests.factories import desk
from tests.factories import documents as make

K = DocumentKind
NOW = make.NOW


# -- the checklist -----------------------------------------------------------------------------------------------------


def test_the_checklist_follows_from_the_indication(draft):
    assert K.BEHANDELVERSLAG_PSYCHOSOCIAAL in make.states(draft)
    draft.indication = Indication.OTHER.value
    assert K.BEHANDELVERSLAG_PSYCHOSOCIAAL not in make.states(draft)


def test_while_the_indication_is_open_only_what_is_asked_anyway_is_shown(draft):
    draft.indication = draft.setting = ""
    assert set(make.states(draft)) >= {K.VERWIJSBRIEF, K.BEHANDELPLAN}
    assert K.BEHANDELVERSLAG_PSYCHOSOCIAAL not in make.states(draft)
    assert K.VRA_INDICATIE not in make.states(draft)


def test_one_file_serves_several_items(draft, indiener):
    make.added(draft, indiener, K.VERWIJSBRIEF, K.HUISARTSENJOURNAAL)
    assert make.states(draft)[K.VERWIJSBRIEF] is make.states(draft)[K.HUISARTSENJOURNAAL] is ItemState.COMPLETE
    assert Document.objects.count() == 1


def test_a_document_whose_item_is_no_longer_asked_stays_under_other(draft, indiener):
    document = make.added(draft, indiener, K.BEHANDELVERSLAG_PSYCHOSOCIAAL)
    draft.indication = Indication.OTHER.value
    [other] = [row for row in documents.checklist(draft) if row.item.kind is K.OVERIG]
    assert other.documents == (document,)


def test_the_checklist_takes_as_many_queries_for_one_document_as_for_ten(draft, indiener, django_assert_num_queries):
    for _ in range(10):
        make.added(draft, indiener)
    with django_assert_num_queries(3):
        documents.checklist(draft)


def test_the_request_knows_when_all_documents_are_there(draft, indiener):
    for kind in (K.VERWIJSBRIEF, K.HUISARTSENJOURNAAL, K.BEHANDELVERSLAG_LICHAMELIJK, K.BRIEVEN_EERSTE_LIJN):
        make.added(draft, indiener, kind)
    absent(draft, indiener, K.BEHANDELVERSLAG_PSYCHOSOCIAAL, "Er was een wachtlijst.")
    draft.refresh_from_db()
    assert not draft.documents_complete
    plan = make.added(draft, indiener, K.BEHANDELPLAN)
    draft.refresh_from_db()
    assert draft.documents_complete
    documents.remove(document_id=plan.pk, kind=K.BEHANDELPLAN, by=indiener, now=NOW)
    draft.refresh_from_db()
    assert not draft.documents_complete


# -- adding ------------------------------------------------------------------------------------------------------------


def test_a_file_gets_its_role(draft, indiener):
    document = make.added(draft, indiener, K.VERWIJSBRIEF, name="brief (ondertekend) é.pdf", content=make.pdf(3))
    assert (document.origin, document.file.page_count, document.file.name) == (
        Origin.FILING,
        3,
        "brief (ondertekend) é.pdf",
    )


def test_the_same_file_twice_is_one_document(draft, indiener):
    content = make.pdf()
    first = make.added(draft, indiener, K.VERWIJSBRIEF, content=content)
    second = make.added(draft, indiener, K.HUISARTSENJOURNAAL, content=content)
    assert first == second
    assert documents.kinds_of(second) == {K.VERWIJSBRIEF, K.HUISARTSENJOURNAAL}
    assert File.objects.count() == 1


def test_a_refused_file_leaves_nothing_and_costs_the_others_nothing(draft, indiener):
    make.added(draft, indiener)
    with pytest.raises(documents.Refused):
        make.added(draft, indiener, content=b"geen pdf")
    assert Document.objects.count() == File.objects.count() == 1


def test_a_file_of_more_than_25_megabytes_is_refused(draft, indiener):
    with pytest.raises(documents.Refused, match="25 MB"):
        make.added(draft, indiener, content=make.pdf() + b" " * (25 * 1024 * 1024))


@pytest.mark.parametrize("who", ["other_indiener", "adviseur", "lezer", "organisatiebeheerder"])
def test_only_who_fills_in_adds(request, draft, who):
    with pytest.raises(documents.NotAllowed, match="Alleen een indiener of behandelaar"):
        make.added(draft, request.getfixturevalue(who))


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.GRANTED, "heroverweging"),
        (Status.DENIED, "vervolgaanvraag"),
        (Status.PARTLY_GRANTED, "al besloten"),
        (Status.WITHDRAWN, "ingetrokken"),
    ],
)
def test_after_the_end_nothing_is_added_and_the_way_that_is_open_is_said(indiener, insurer, status, words):
    """R-21."""
    authorization = make.filed(indiener, insurer, status)
    with pytest.raises(documents.NotAllowed, match=words):
        make.added(authorization, indiener)
    assert not Document.objects.exists()


@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.IN_REVIEW, Status.ANSWERED, Status.WAITING_FOR_PROVIDER])
def test_documents_on_own_initiative_are_welcome_until_the_decision(indiener, insurer, status):
    authorization = make.filed(indiener, insurer, status)
    assert make.added(authorization, indiener).origin == Origin.OWN_INITIATIVE


def test_files_that_come_together_are_one_mail_and_each_a_line(indiener, insurer, coordinator):
    authorization = make.filed(indiener, insurer)
    for minute in (0, 1, 10):
        make.added(authorization, indiener, now=NOW.replace(minute=30 + minute))
    events = StatusEvent.objects.filter(move="documents_added")
    assert [event.note for event in events] == ["Verwijsbrief van een arts"] * 3
    assert Mail.objects.count() == 1
    make.added(authorization, indiener, now=NOW.replace(minute=50))
    assert Mail.objects.count() == 2


def test_a_file_that_comes_after_the_advisor_read_the_first_gives_a_mail_too(indiener, insurer, adviseur):
    authorization = desk.filed(indiener, insurer, Status.IN_REVIEW, advisor=adviseur)
    first = make.added(authorization, indiener, now=NOW.replace(minute=30))
    documents.judge(
        document_id=first.pk, verdict=DocumentVerdict.ACCEPTED, note="", by=adviseur, now=NOW.replace(minute=31)
    )
    make.added(authorization, indiener, now=NOW.replace(minute=32))
    assert Mail.objects.filter(key__startswith="documents_added").count() == 2
    assert StatusEvent.objects.filter(move="documents_added").count() == 2


def test_a_document_for_a_question_answers_it_and_is_no_event_of_its_own(indiener, insurer, adviseur):
    asked = make.asked(indiener, insurer, adviseur)
    item = asked.items.get(number=1)
    document = documents.add(
        authorization_id=asked.authorization_id, stream=io.BytesIO(make.pdf()), name="verslag.pdf", size=None,
        kinds=[], by=indiener, now=NOW, question_id=item.pk,
    )  # fmt: skip
    assert document.origin == Origin.ON_REQUEST
    assert documents.kinds_of(document) == {K.BEHANDELVERSLAG_LICHAMELIJK}
    assert not StatusEvent.objects.filter(move="documents_added").exists()


def test_a_question_of_another_request_is_not_answered(indiener, insurer, adviseur):
    item = make.asked(indiener, insurer, adviseur).items.first()
    other = make.filed(indiener, insurer, Status.WAITING_FOR_PROVIDER)
    with pytest.raises(documents.NotAllowed, match="niet meer open"):
        make.added(other, indiener, question_id=item.pk)


# -- the limit ---------------------------------------------------------------------------------------------------------


def test_the_forty_first_file_is_refused(draft, indiener):
    fill(draft, indiener, 40)
    with pytest.raises(documents.TooMany, match="passen 40 bestanden"):
        make.added(draft, indiener)
    documents.remove(document_id=Document.objects.first().pk, kind=K.OVERIG, by=indiener, now=NOW)
    assert make.added(draft, indiener)


def test_a_new_version_fits_in_a_full_draft(draft, indiener):
    fill(draft, indiener, 40)
    assert make.added(draft, indiener, replaces_id=Document.objects.first().pk)


def test_after_filing_there_is_room_for_forty_more(draft, indiener):
    fill(draft, indiener, 40)
    assert documents.room_left(draft) == 0
    draft.status = Status.SUBMITTED.value
    assert documents.room_left(draft) == 40


@pytest.mark.asvs("5.2.4")
@pytest.mark.django_db(transaction=True)
def test_however_many_files_come_at_once_there_are_never_more_than_forty(indiener, insurer):
    draft = make.draft(indiener, insurer)
    fill(draft, indiener, 37)
    start, outcomes = threading.Barrier(8), []

    def upload(content: bytes) -> None:
        start.wait()
        try:
            make.added(draft, indiener, content=content)
            outcomes.append("kept")
        except documents.TooMany:
            outcomes.append("full")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=tenancy.carried(upload), args=[make.pdf()]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["full"] * 5 + ["kept"] * 3
    assert Document.objects.filter(removed_at=None).count() == 40
    assert File.objects.count() == 40
    assert connection.is_usable()


# -- replacing and removing --------------------------------------------------------------------------------------------


def test_a_new_version_keeps_the_old_one_and_resets_only_its_own_verdict(indiener, insurer, adviseur):
    """Feature 26."""
    authorization = make.filed(indiener, insurer, Status.IN_REVIEW)
    old, other = make.added(authorization, indiener, K.BEHANDELPLAN), make.added(authorization, indiener)
    for document in (old, other):
        judge(document, adviseur, DocumentVerdict.INCOMPLETE, "Er staat geen datum op.")
    new = make.added(authorization, indiener, replaces_id=old.pk, kinds=())
    old.refresh_from_db()
    other.refresh_from_db()
    assert (new.verdict, new.replaces, new.origin) == ("", old, Origin.OWN_INITIATIVE)
    assert old.verdict == other.verdict == DocumentVerdict.INCOMPLETE
    assert [row.documents for row in documents.checklist(authorization) if old in row.documents] == []


def test_a_document_is_replaced_once(draft, indiener):
    old = make.added(draft, indiener)
    make.added(draft, indiener, replaces_id=old.pk)
    with pytest.raises(documents.NotAllowed, match="al vervangen of verwijderd"):
        make.added(draft, indiener, replaces_id=old.pk)


def test_a_document_of_another_request_is_not_replaced(draft, indiener, insurer):
    elsewhere = make.added(make.draft(indiener, insurer), indiener)
    with pytest.raises(documents.NotAllowed, match="al vervangen of verwijderd"):
        make.added(draft, indiener, replaces_id=elsewhere.pk)


# -- describing and explaining -----------------------------------------------------------------------------------------


def describe(document, by, **values):
    values = {"kinds": [K.VERWIJSBRIEF], "features": {}, "dated_on": None, **values}
    documents.describe(document_id=document.pk, by=by, now=NOW, **values)
    document.refresh_from_db()


def test_a_document_is_described(draft, indiener):
    document = make.added(draft, indiener)
    describe(document, indiener, kinds=[K.BEHANDELPLAN, K.OVERIG], features={Feature.SIGNED: FeatureAnswer.NO})
    assert document.feature_answers == {Feature.SIGNED: FeatureAnswer.NO}
    assert documents.kinds_of(document) == {K.BEHANDELPLAN, K.OVERIG}


def test_a_document_that_serves_nothing_is_an_other_document(draft, indiener):
    document = make.added(draft, indiener)
    describe(document, indiener, kinds=[])
    assert documents.kinds_of(document) == {K.OVERIG}


def test_what_was_filed_or_judged_is_not_described_again(indiener, insurer, adviseur):
    authorization = make.filed(indiener, insurer, Status.IN_REVIEW)
    document = make.added(authorization, indiener)
    describe(document, indiener, kinds=[K.BEHANDELPLAN])
    judge(document, adviseur, DocumentVerdict.ACCEPTED)
    with pytest.raises(documents.NotAllowed, match="niet meer wijzigen"):
        describe(document, indiener)
    Document.objects.filter(pk=document.pk).update(verdict="", verdict_by=None, verdict_at=None, origin=Origin.FILING)
    with pytest.raises(documents.NotAllowed, match="niet meer wijzigen"):
        describe(document, indiener)


def absent(authorization, by, kind, reason):
    documents.explain_absence(authorization_id=authorization.pk, kind=kind, reason=reason, by=by, now=NOW)


def test_a_reason_counts_where_the_policy_allows_it(draft, indiener):
    absent(draft, indiener, K.HUISARTSENJOURNAAL, "De patiënt heeft geen huisarts.")
    assert make.states(draft)[K.HUISARTSENJOURNAAL] is ItemState.ABSENT
    absent(draft, indiener, K.HUISARTSENJOURNAAL, "  ")
    assert make.states(draft)[K.HUISARTSENJOURNAAL] is ItemState.TO_ADD


@pytest.mark.parametrize("kind", [K.VERWIJSBRIEF, K.BEHANDELPLAN])
def test_what_may_never_be_absent_takes_no_reason(draft, indiener, kind):
    """R-38."""
    with pytest.raises(documents.NotAllowed, match="zonder dit document kunt u niet indienen"):
        absent(draft, indiener, kind, "Kwijtgeraakt.")


def test_a_reason_is_kept_while_there_is_a_file_and_comes_back_when_that_goes(draft, indiener):
    absent(draft, indiener, K.HUISARTSENJOURNAAL, "De patiënt heeft geen huisarts.")
    document = make.added(draft, indiener, K.HUISARTSENJOURNAAL)
    assert make.states(draft)[K.HUISARTSENJOURNAAL] is ItemState.COMPLETE
    documents.remove(document_id=document.pk, kind=K.HUISARTSENJOURNAAL, by=indiener, now=NOW)
    assert make.states(draft)[K.HUISARTSENJOURNAAL] is ItemState.ABSENT


def test_a_statement_takes_the_place_of_a_document_where_the_policy_says_so(draft, indiener, monkeypatch):
    """Feature 18."""
    item = replace(service.OTHER, kind=K.HUISARTSENJOURNAAL, required=True, statement_may_replace=True)
    monkeypatch.setattr(service, "items_of", lambda _: (item,))
    monkeypatch.setattr(documents, "items_of", lambda _: (item,))
    absent(draft, indiener, K.HUISARTSENJOURNAAL, "Ik verklaar dat er geen journaal is.")
    assert make.states(draft)[K.HUISARTSENJOURNAAL] is ItemState.COMPLETE


def test_a_reason_without_what_cannot_be_kept(draft, indiener):
    absent(draft, indiener, K.HUISARTSENJOURNAAL, "Geen\x00 huisarts 😀")
    assert ChecklistAnswer.objects.get().absent_reason == "Geen huisarts 😀"


# -- judging -----------------------------------------------------------------------------------------------------------


def judge(document, by, verdict, note=""):
    documents.judge(document_id=document.pk, verdict=verdict, note=note, by=by, now=NOW)


def test_who_calls_a_document_incomplete_says_what_lacks(indiener, insurer, adviseur):
    document = make.added(make.filed(indiener, insurer, Status.IN_REVIEW), indiener)
    with pytest.raises(documents.NotAllowed, match="Schrijf op wat er aan het document ontbreekt"):
        judge(document, adviseur, DocumentVerdict.INCOMPLETE, "  ")
    judge(document, adviseur, DocumentVerdict.INCOMPLETE, "Er staat geen datum op.")
    document.refresh_from_db()
    assert (document.verdict, document.verdict_note) == (DocumentVerdict.INCOMPLETE, "Er staat geen datum op.")
    assert StatusEvent.objects.get(move="document_judged").internal


@pytest.mark.parametrize("who", ["indiener", "other_adviseur", "medewerker", "coordinator"])
def test_only_a_medisch_adviseur_of_the_insurer_judges(request, indiener, insurer, who):
    document = make.added(make.filed(indiener, insurer), indiener)
    with pytest.raises(documents.NotAllowed, match="Alleen een medisch adviseur"):
        judge(document, request.getfixturevalue(who), DocumentVerdict.ACCEPTED)


def test_after_the_decision_a_verdict_stands(indiener, insurer, adviseur):
    authorization = make.filed(indiener, insurer, Status.IN_REVIEW)
    document = make.added(authorization, indiener)
    type(authorization).objects.filter(pk=authorization.pk).update(status=Status.DENIED.value, closed_at=NOW)
    with pytest.raises(documents.NotAllowed, match="staat vast"):
        judge(document, adviseur, DocumentVerdict.ACCEPTED)


def fill(authorization, by, number):
    """Put this many documents in a request, without the checking that is tested elsewhere."""
    made = File.objects.bulk_create(
        File(name=f"{count}.pdf", size=1, sha256=f"{count:064x}", content_type="application/pdf", page_count=1,
             state="clean", scanned_at=NOW, scanner="clamd", received_at=NOW, pages_made_at=NOW)
        for count in range(number)
    )  # fmt: skip
    Document.objects.bulk_create(
        Document(authorization=authorization, file=file, origin=Origin.FILING, added_by_id=by.user_id, added_at=NOW)
        for file in made
    )
