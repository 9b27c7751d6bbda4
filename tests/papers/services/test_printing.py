"""Letters by post: R-36."""

from datetime import timedelta

import pikepdf
import pytest

from papers import queries
from papers.delivery import letters, store
from papers.domain.states import BatchState, PrintState
from papers.services import downloads, printing
from papers.services import letters as letter_services
from tests.factories.accounts import OrganizationFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sender():
    return OrganizationFactory(insurer=True)


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def printed(now, sender):
    """Write a letter, issue it (or not) and put it on the pile."""

    def do(text: str = "<p>Beste heer Proef</p>", *, issued: bool = True, of=None):
        letter = letter_services.create(kind="grant", title="Besluit", html=text, now=now)
        if issued:
            letters.issue(letter.pk, now=now)
        return printing.add(letter_id=letter.pk, sender_id=(of or sender).pk, now=now)

    return do


def batch_of(sender, person, now):
    return printing.make_batch(sender_id=sender.pk, by_user_id=person.pk, now=now)


def test_a_letter_is_put_on_the_pile_once(printed, sender, now):
    item = printed()
    again = printing.add(letter_id=item.letter_id, sender_id=sender.pk, now=now + timedelta(days=1))
    assert again == item
    assert again.added_at == now


def test_a_batch_takes_what_is_ready_and_nothing_of_others(printed, sender, person, now):
    first, second = printed(), printed()
    waiting = printed(issued=False)
    other = printed(of=OrganizationFactory(insurer=True))
    batch = batch_of(sender, person, now)
    assert [item.pk for item in batch.items.order_by("id")] == [first.pk, second.pk]
    assert {item.state for item in batch.items.all()} == {PrintState.MADE.value}
    for item in (waiting, other):
        item.refresh_from_db()
        assert (item.state, item.batch) == (PrintState.WAITING.value, None)
    assert [batch.letters for batch in queries.print_batches(sender.pk)] == [2]
    with pytest.raises(printing.NotAllowed, match="geen brieven"):
        batch_of(sender, person, now)


def test_posting_it(printed, sender, person, now):
    item = printed()
    batch = batch_of(sender, person, now)
    with pytest.raises(printing.NotAllowed):
        printing.mark_returned(item_id=item.pk, note="Onbekend", now=now)
    printing.mark_sent(batch_id=batch.pk, by_user_id=person.pk, now=now)
    batch.refresh_from_db()
    item.refresh_from_db()
    assert (batch.state, batch.sent_at, batch.sent_by) == (BatchState.SENT.value, now, person)
    assert item.state == PrintState.SENT.value
    with pytest.raises(printing.NotAllowed, match="al verstuurd"):
        printing.mark_sent(batch_id=batch.pk, by_user_id=person.pk, now=now)


def test_a_letter_that_came_back_is_printed_again(printed, sender, person, now):
    item = printed()
    batch = batch_of(sender, person, now)
    printing.mark_sent(batch_id=batch.pk, by_user_id=person.pk, now=now)
    with pytest.raises(printing.NotAllowed, match="waarom"):
        printing.mark_returned(item_id=item.pk, note=" ", now=now)
    printing.mark_returned(item_id=item.pk, note="  Onbekend op dit adres ", now=now)
    item.refresh_from_db()
    assert (item.state, item.returned_at, item.note) == (PrintState.RETURNED.value, now, "Onbekend op dit adres")
    again = printing.add(letter_id=item.letter_id, sender_id=sender.pk, now=now)
    assert again != item
    assert [waiting.pk for waiting in queries.print_items_waiting(sender.pk)] == [again.pk]
    assert queries.print_items(sender.pk).count() == 2


def test_the_pile_is_one_pdf_in_which_each_letter_begins_on_a_new_sheet(printed, sender, person, now):
    items = [printed("<p>Kort</p>"), printed(f"<p>{'Lang. ' * 1500}</p>"), printed("<p>Weer kort</p>")]
    lengths = []
    for item in items:
        item.letter.refresh_from_db()
        with pikepdf.open(store.full(item.letter.pdf)) as pdf:
            lengths.append(len(pdf.pages))
    assert lengths[0] % 2 == 1
    batch = batch_of(sender, person, now)
    download = downloads.batch(batch)
    with pikepdf.open(store.full(download.path)) as pile:
        assert len(pile.pages) == sum(length + length % 2 for length in lengths)
        assert pile.pages[0].Contents.read_bytes()
        assert pile.pages[1].Contents.read_bytes() == b"", "the back of the first letter is blank"
        assert (str(pile.docinfo["/Title"]), str(pile.Root.Lang)) == (f"Printopdracht {batch.pk}", "nl")
    assert (download.name, download.inline) == (f"printopdracht-{batch.pk}.pdf", True)


def test_the_pile_is_made_once(printed, sender, person, now, monkeypatch):
    printed()
    batch = batch_of(sender, person, now)
    first = downloads.batch(batch)
    monkeypatch.setattr(pikepdf, "open", None)
    assert downloads.batch(batch) == first
