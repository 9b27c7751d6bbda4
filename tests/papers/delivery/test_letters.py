"""The PDF of a letter: what it says, how it looks, how it is tagged, and that there is only ever one."""

import io
import time
from datetime import timedelta

import pikepdf
import pypdfium2 as pdfium
import pytest

from papers import queries
from papers.delivery import letters, store
from papers.domain import work
from papers.models import Letter
from papers.services import letters as services
from tests.papers.rows import letter

TEXT = """
<header><p><strong>Zorgverzekeraar Proef</strong></p></header>
<main>
<h1>Wij kennen uw aanvraag toe</h1>
<p>De machtiging geldt van 1 december 2026 tot en met 30 maart 2027.</p>
<table><caption>Uren</caption><thead><tr><th scope="col">Discipline</th><th scope="col">Uren</th></tr></thead>
<tbody><tr><th scope="row">Fysiotherapie</th><td>12,5</td></tr></tbody></table>
<ul><li>U kunt beginnen op 1 december 2026.</li></ul>
<img src="img/merk.svg" alt="Machtigingsportaal">
</main>
"""


@pytest.fixture(autouse=True)
def weasyprint_is_silent(caplog):
    """A warning of WeasyPrint is something that doesn't look as it was meant."""
    yield
    assert [record.getMessage() for record in caplog.records if record.name.startswith("weasyprint")] == []


@pytest.fixture
def made(now) -> bytes:
    return letters.pdf(TEXT, title="Besluit op aanvraag MA-1", created_at=now)


def words(content: bytes) -> list[str]:
    with pdfium.PdfDocument(content) as pdf:
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf]


def test_it_says_what_was_written(made):
    (page,) = words(made)
    for sentence in ("Wij kennen uw aanvraag toe", "1 december 2026 tot en met 30 maart 2027", "Fysiotherapie", "12,5"):
        assert sentence in page
    assert "Pagina 1 van 1" in page


def test_it_looks_like_a_letter(made):
    """As a picture: paper is white, margins are free, and ink stands on it."""
    with pdfium.PdfDocument(made) as pdf:
        width, height = pdf[0].get_size()
        page = pdf[0].render(scale=1).to_pil().convert("L")
    assert (round(width), round(height)) == (595, 842)
    assert page.getpixel((300, 830)) == 255
    left, top, right, bottom = page.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    assert left >= 40
    assert right <= 595 - 40
    assert top >= 25
    assert bottom <= 842 - 15
    assert page.getextrema()[0] < 90


def tags(element, found=None) -> list[str]:
    found = [] if found is None else found
    if isinstance(element, pikepdf.Array):
        for item in element:
            tags(item, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.append(str(element.S))
        if "/K" in element:
            tags(element.K, found)
    return found


def test_a_screen_reader_finds_its_way(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "nl"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        found = tags(pdf.Root.StructTreeRoot)
        assert {"/Document", "/H1", "/P", "/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/Figure"} <= set(found)
        with pdf.open_metadata() as about:
            assert about["dc:title"] == "Besluit op aanvraag MA-1"
            assert about["pdfuaid:part"] == "1"
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")


def test_every_font_travels_with_it(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        fonts = [part for part in pdf.objects if isinstance(part, pikepdf.Dictionary) and "/FontName" in part]
        assert fonts
        for font in fonts:
            assert "Source" in str(font.FontName)
            assert "/FontFile2" in font or "/FontFile3" in font


def test_the_same_text_gives_the_same_bytes(made, now):
    time.sleep(1.1)  # fonts are dated in seconds
    assert letters.pdf(TEXT, title="Besluit op aanvraag MA-1", created_at=now) == made
    letters.press.cache_clear()
    assert letters.pdf(TEXT, title="Besluit op aanvraag MA-1", created_at=now) == made
    assert letters.pdf(TEXT, title="Besluit op aanvraag MA-1", created_at=now + timedelta(seconds=1)) != made


def test_a_long_motivation_breaks_over_pages(now):
    text = "Wij lezen dit in het behandelplan. " * 40
    points = "".join(f"<h2>Punt {n}</h2><p>{text}</p>" for n in range(12))
    pages = words(letters.pdf(f"<main>{points}</main>", title="Lang", created_at=now))
    assert len(pages) > 3
    for n in range(12):
        assert any(f"Punt {n}" in page for page in pages)
    for number, page in enumerate(pages, start=1):
        foot = f"Pagina {number} van {len(pages)}"
        assert foot in page
        assert "Punt" not in page.replace(foot, "").split("behandelplan.")[-1], "a heading alone at the end of a page"


def test_names_of_people_from_elsewhere_are_printed_whole(now):
    (page,) = words(letters.pdf("<p>Beste mevrouw Şahin-Łukasz, Đorđe Ñandú, Ελένη</p>", title="x", created_at=now))
    assert "Beste mevrouw Şahin-Łukasz, Đorđe Ñandú" in page


def test_a_control_character_does_not_stop_a_letter(now):
    assert "Goede dag" in words(letters.pdf(letters.clean("<p>Goede\x00\x0b dag</p>"), title="x", created_at=now))[0]


def test_a_title_is_text(now):
    content = letters.pdf("<p>x</p>", title="</title><img src=file:///etc/passwd>", created_at=now)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo.Title) == "</title><img src=file:///etc/passwd>"


@pytest.mark.asvs("1.3.6", "13.2.4")
@pytest.mark.parametrize(
    "html",
    [
        '<img src="file:///etc/passwd" alt="x">',
        '<img src="http://169.254.169.254/latest/" alt="x">',
        '<img src="https://elders.example/spoor.png" alt="x">',
        '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="x">',
        '<img src="../../portal/settings.py" alt="x">',
        '<img src="img/../css/letter.css/../../../.env" alt="x">',
        '<link rel="stylesheet" href="https://elders.example/stijl.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<style>@import url(file:///etc/passwd);</style>",
        '<style>@font-face { font-family: x; src: url("http://elders.example/x.woff") }</style><p>x</p>',
        '<p style="background: url(http://elders.example/x.png)">x</p>',
        '<object data="file:///etc/passwd"></object>',
        '<embed src="https://elders.example/x.svg">',
        '<svg><image href="file:///etc/passwd" width="9" height="9"/></svg>',
    ],
)
def test_a_letter_fetches_nothing(html, now, caplog):
    with pytest.raises(letters.FromOutside):
        letters.pdf(f"<main>{html}</main>", title="x", created_at=now)
    caplog.clear()


def test_without_its_stylesheet_it_says_what_to_do(now, settings, tmp_path):
    settings.STATICFILES_DIRS = [tmp_path]
    letters.finders.get_finder.cache_clear()
    letters.press.cache_clear()
    try:
        with pytest.raises(RuntimeError, match=r"static/css/letter.css ontbreekt.*build_css"):
            letters.pdf("<p>x</p>", title="x", created_at=now)
    finally:
        letters.finders.get_finder.cache_clear()


# Issuing


@pytest.mark.django_db
def test_a_letter_is_issued_once(now, on_disk, made):
    written = services.create(kind="grant", title="Besluit op aanvraag MA-1", html=TEXT, now=now)
    assert letters.issue_next(now=now + timedelta(seconds=5))
    issued = queries.letter(written.pk)
    assert issued.issued_at == now + timedelta(seconds=5)
    assert (issued.size, issued.attempts, issued.last_error) == (len(made), 0, "")
    assert store.full(issued.pdf).read_bytes() == made, "dated when it was written, not when it was made"
    assert not letters.issue_next(now=now + timedelta(days=1))
    letters.issue(written.pk, now=now + timedelta(days=1))
    assert queries.letter(written.pk).issued_at == issued.issued_at
    assert on_disk() == [issued.pdf]


@pytest.mark.django_db
def test_the_preview_is_what_will_be_sent(now):
    written = services.create(kind="grant", title="Besluit", html=TEXT, now=now)
    letters.issue_next(now=now)
    assert services.preview(TEXT, title="Besluit", now=now) == store.full(queries.letter(written.pk).pdf).read_bytes()


@pytest.mark.django_db
@pytest.mark.parametrize("moment", ["pdf", "store.write", "after"])
def test_a_worker_killed_at_any_moment_loses_nothing_and_doubles_nothing(now, monkeypatch, moment, on_disk):
    class Killed(BaseException):
        pass

    def dies(*_, **__):
        raise Killed

    def dies_after(to, content, write=store.write):
        write(to, content)
        raise Killed

    written = services.create(kind="grant", title="Besluit", html=TEXT, now=now)
    with monkeypatch.context() as broken:
        if moment == "pdf":
            broken.setattr(letters, "pdf", dies)
        else:
            broken.setattr(store, "write", dies if moment == "store.write" else dies_after)
        with pytest.raises(Killed):
            letters.issue_next(now=now)
    left = queries.letter(written.pk)
    assert (left.issued_at, left.attempts) == (None, 1)
    assert not letters.issue_next(now=now + timedelta(seconds=1)), "first the pause"
    assert letters.issue_next(now=now + work.pause(1))
    assert on_disk() == [queries.letter(written.pk).pdf]


@pytest.mark.django_db
def test_a_letter_that_cannot_be_made_is_never_dropped(now, caplog):
    """Not even one that kills whoever tries."""
    written = letter(now, html='<img src="https://elders.example/x.png" alt="x">')
    moment, tries = now, 0
    for _ in range(30):
        tries += letters.issue_next(now=moment)
        moment += timedelta(hours=1)
    assert tries == work.TRIES
    left = queries.letter(written.pk)
    assert (left.issued_at, left.attempts, left.last_error) == (None, work.TRIES, "FromOutside")
    (stuck,) = queries.stuck_work()
    assert stuck.id == str(written.pk)
    assert "elders.example" not in stuck.last_error
    caplog.clear()


@pytest.mark.django_db
def test_a_letter_that_kills_its_worker_ends_with_a_person(now, monkeypatch):
    class Killed(BaseException):
        pass

    def dies(*_, **__):
        raise Killed

    written = letter(now)
    monkeypatch.setattr(letters, "pdf", dies)
    moment = now
    for _ in range(work.TRIES):
        with pytest.raises(Killed):
            letters.issue_next(now=moment)
        moment += timedelta(hours=1)
    assert not letters.issue_next(now=moment)
    assert queries.letter(written.pk).gave_up_at == moment


@pytest.mark.django_db
def test_one_bad_letter_does_not_hold_up_the_others(now, caplog):
    letter(now, html='<img src="https://elders.example/x.png" alt="x">')
    good = [letter(now + timedelta(seconds=n)) for n in (1, 2)]
    while letters.issue_next(now=now + timedelta(seconds=3)):
        pass
    assert Letter.objects.filter(issued_at__isnull=False).count() == len(good)
    caplog.clear()
