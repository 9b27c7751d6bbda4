"""What people get to see, and how their browser must treat it."""

import io

import pytest

from kit.downloads import respond
from papers import queries
from papers.delivery import letters, pages
from papers.domain.states import FileState
from papers.services import downloads, files
from papers.services import letters as letter_services
from tests.papers import makers, rows

pytestmark = pytest.mark.django_db


def read(response) -> bytes:
    return b"".join(response.streaming_content)


@pytest.fixture
def received(now):
    return files.receive(stream=io.BytesIO(makers.pdf()), name='ver"slag; ön.exe', size=None, by_user_id=None, now=now)


@pytest.mark.asvs("3.2.1")
def test_an_original_is_only_taken_home(received):
    response = respond(downloads.original(received))
    assert read(response) == makers.pdf()
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == "attachment; filename*=utf-8''ver%22slag%3B%20%C3%B6n.exe.pdf"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    response.close()


@pytest.mark.parametrize("state", [FileState.RECEIVED, FileState.SCANNING, FileState.REFUSED, FileState.UNKNOWN])
def test_what_is_not_clean_is_not_handed_out(now, state):
    refusal = "In scan.pdf zit een virus." if state == FileState.REFUSED else ""
    with pytest.raises(downloads.NotAvailable):
        downloads.original(rows.file(now, state=state.value, page_count=None, refusal=refusal))


def test_a_page_is_our_own_picture(received, now):
    pages.make_next(now=now)
    response = respond(downloads.page(queries.page_image(received.pk, 1)))
    assert read(response)[:4] == b"RIFF"
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Disposition"] == 'inline; filename="pagina-1.webp"'
    response.close()


def test_a_letter_is_read_in_the_browser(now):
    letter = letter_services.create(kind="grant", title="Besluit", html="<p>Ja</p>", now=now)
    with pytest.raises(downloads.NotAvailable, match="wordt nog gemaakt"):
        downloads.letter(letter)
    letters.issue_next(now=now)
    letter.refresh_from_db()
    response = respond(downloads.letter(letter, name="besluit-MA-1.pdf"))
    assert len(read(response)) == letter.size
    assert response["Content-Disposition"] == 'inline; filename="besluit-MA-1.pdf"'
    assert "sandbox" not in response["Content-Security-Policy"], "a browser shows no PDF in a sandbox"
    response.close()


def test_behind_nginx_the_web_process_only_says_which(received, settings):
    settings.PRIVATE_DOWNLOADS = "nginx"
    response = respond(downloads.original(received))
    assert response.content == b""
    assert response["X-Accel-Redirect"] == f"/prive/files/{received.pk.hex[:2]}/{received.pk}"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
