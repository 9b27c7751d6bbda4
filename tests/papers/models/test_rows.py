"""Each rule has a name in the database and Dutch words for people."""

import pytest
from django.apps import apps
from django.db import IntegrityError

from papers.domain.states import BatchState, FileState, MailState, PrintState
from papers.models import PageImage, PrintBatch
from tests.factories.accounts import OrganizationFactory, UserFactory
from tests.papers import rows

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"size": 0}, "file_has_bytes"),
        ({"sha256": ""}, "file_has_a_sha256"),
        ({"sha256": "A" * 64}, "file_has_a_sha256"),
        ({"state": "schoon", "page_count": 1}, "file_state_is_known"),
        ({"state": FileState.REFUSED.value}, "file_refused_with_a_reason"),
        ({"refusal": "In brief.pdf zit een virus."}, "file_refused_with_a_reason"),
        ({"page_count": None}, "file_clean_with_pages"),
        ({"page_count": 0}, "file_clean_with_pages"),
        ({"scanner": ""}, "file_scanned_by_a_scanner"),
        ({"state": FileState.UNKNOWN.value, "scanner": "clamd"}, "file_scanned_by_a_scanner"),
        ({"scanner": ""}, "file_scanned_by_a_scanner"),
        ({"scanned_at": None, "scanner": ""}, "file_judged_when_scanned"),
        (
            {"state": FileState.REFUSED.value, "refusal": "Virus.", "scanned_at": None, "scanner": ""},
            "file_judged_when",
        ),
        ({"state": FileState.UNKNOWN.value, "scanned_at": True, "scanner": "clamd"}, "file_judged_when_scanned"),
        ({"state": FileState.UNKNOWN.value, "pages_made_at": True}, "file_pages_of_clean_only"),
        ({"state": FileState.REFUSED.value, "refusal": "Virus.", "pages_made_at": True}, "file_pages_of_clean_only"),
    ],
)
def test_a_file(now, fields, name):
    with pytest.raises(IntegrityError, match=name):
        rows.file(now, **{name: now if value is True else value for name, value in fields.items()})


def test_a_file_that_waits_for_the_scanner_has_room_here(now):
    for state in (FileState.RECEIVED, FileState.SCANNING, FileState.UNKNOWN):
        rows.file(now, state=state.value, page_count=None)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"number": 1}, "page_image_once_per_page"),
        ({"number": 0}, "page_image_counts_from_one"),
        ({"number": 2, "width": 0}, "page_image_counts_from_one"),
    ],
)
def test_a_page(now, fields, name):
    page = {"file": rows.file(now), "number": 1, "width": 1200, "height": 1697, "path": "pages/1.webp"}
    PageImage.objects.create(**page)
    with pytest.raises(IntegrityError, match=name):
        PageImage.objects.create(**page | fields)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"to": []}, "mail_to_somebody"),
        ({"state": MailState.SENT.value}, "mail_sent_with_its_moment"),
        ({"sent_at": True}, "mail_sent_with_its_moment"),
        ({"state": "weg"}, "mail_state_is_known"),
        ({"subject": ""}, "mail_subject_on_one_line"),
        ({"subject": "a\r\nBcc: iedereen@voorbeeld.nl"}, "mail_subject_on_one_line"),
    ],
)
def test_a_mail(now, fields, name):
    with pytest.raises(IntegrityError, match=name):
        rows.mail(now, **fields | ({"sent_at": now} if "sent_at" in fields else {}))


def test_a_batch_is_sent_by_someone(now):
    batch = {"sender": OrganizationFactory(insurer=True), "made_at": now, "made_by": UserFactory()}
    PrintBatch.objects.create(**batch)
    with pytest.raises(IntegrityError, match="print_batch_sent_by_someone"):
        PrintBatch.objects.create(**batch, state=BatchState.SENT.value, sent_at=now)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": PrintState.MADE.value}, "print_item_in_a_batch_unless_waiting"),
        ({"state": PrintState.RETURNED.value}, "print_item_in_a_batch_unless_waiting"),
        ({"returned_at": True}, "print_item_returned_with_its_moment"),
    ],
)
def test_a_letter_by_post(now, fields, name):
    with pytest.raises(IntegrityError, match=name):
        rows.print_item(
            now, OrganizationFactory(insurer=True), **fields | ({"returned_at": now} if "returned_at" in fields else {})
        )


def test_a_letter_is_on_its_way_once(now):
    item = rows.print_item(now, OrganizationFactory(insurer=True))
    with pytest.raises(IntegrityError, match="print_item_once_per_letter"):
        rows.print_item(now, item.sender, letter=item.letter)


def test_every_rule_has_words_for_people():
    rules = [rule for model in apps.get_app_config("papers").get_models() for rule in model._meta.constraints]
    assert len(rules) >= 15
    for rule in rules:
        assert rule.violation_error_message.endswith("."), rule.name
        assert "Constraint" not in rule.violation_error_message
