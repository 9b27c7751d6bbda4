"""From a scan to its text: by tesseract, page by page, and never at the cost of the worker."""

import io
from datetime import timedelta

import pytest

from papers import queries
from papers.delivery import child, pages, rasters, reading
from papers.models import File, PageImage
from papers.services import files, forgetting
from tests.papers import makers

pytestmark = pytest.mark.django_db


def scan(tmp_path, text: str) -> bytes:
    """Return a picture of a page with this text."""
    source = tmp_path / "bron.pdf"
    source.write_bytes(makers.pdf(text=text))
    ((image, _),) = rasters.draw_pdf(source, 1, 1)
    made = io.BytesIO()
    image.save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def receive(now):
    def do(content: bytes, name: str = "scan.png") -> File:
        file = files.receive(stream=io.BytesIO(content), name=name, size=None, by_user_id=None, now=now)
        while pages.make_next(now=now):
            pass
        return file

    return do


def read_all(now) -> int:
    return sum(1 for _ in iter(lambda: reading.read_next(now=now), False))


def test_a_scan_is_read_in_dutch_and_sealed(receive, now, tmp_path):
    file = receive(scan(tmp_path, "Verwijsbrief van de huisarts"))
    assert read_all(now) == 1
    (page,) = queries.pages(file.pk)
    assert page.text.startswith("Verwijsbrief van de huisarts")
    assert page.recognised_at == now
    file.refresh_from_db()
    assert (file.read_at, file.attempts, file.last_error) == (now, 0, "")


def test_a_page_with_text_of_its_own_is_left_alone(receive, now, monkeypatch):
    file = receive(makers.pdf(2, text="Verslag"), "verslag.pdf")
    monkeypatch.setattr(child, "run", lambda *_: pytest.fail("nothing to read"))
    read_all(now)
    file.refresh_from_db()
    assert file.read_at == now
    assert [page.recognised_at for page in queries.pages(file.pk)] == [None, None]


def test_many_pages_come_in_parts(receive, now, monkeypatch):
    file = receive(makers.pdf(7, text="x"), "scan.pdf")
    for page in PageImage.objects.filter(file=file):
        page.text = ""
        page.save()
    seen = []
    monkeypatch.setattr(reading, "read", lambda file, number: seen.append(number) or f"blad {number}")
    monkeypatch.setattr(reading, "MOST_PAGES", 5)
    assert reading.read_next(now=now)
    assert seen == [1, 2, 3]
    assert File.objects.get(pk=file.pk).read_at is None
    read_all(now)
    assert seen == [1, 2, 3, 4, 5], "a longer scan doesn't keep the others waiting"
    assert File.objects.get(pk=file.pk).read_at == now


def test_a_page_that_cannot_be_read_keeps_nobody_waiting(receive, now, tmp_path, monkeypatch):
    file = receive(scan(tmp_path, "Brief"))

    def dies(*_):
        raise child.ChildFailed("exit -9")

    monkeypatch.setattr(reading, "read", dies)
    reading.read_next(now=now)
    assert File.objects.get(pk=file.pk).last_error == "ChildFailed"
    reading.read_next(now=now + timedelta(hours=1))
    (page,) = queries.pages(file.pk)
    assert (page.text, page.recognised_at) == ("", now + timedelta(hours=1))
    assert File.objects.get(pk=file.pk).read_at


def test_without_tesseract_files_are_not_held_up(receive, now, tmp_path, monkeypatch):
    file = receive(scan(tmp_path, "Brief"))
    monkeypatch.setattr(reading, "is_present", lambda: False)
    read_all(now)
    assert File.objects.get(pk=file.pk).read_at == now
    assert queries.pages(file.pk)[0].recognised_at is None


def test_tesseract_is_confined_like_the_other_children(tmp_path):
    """It has no more time than it may take, and dies of a file that is no picture without harm."""
    assert child.CPU_SECONDS["read"] <= 30
    (tmp_path / "a.png").write_bytes(b"geen plaatje")
    with pytest.raises(child.ChildFailed):
        child.output(child.start("read", str(tmp_path / "a.png")))


def test_of_a_file_whose_text_is_not_kept_nothing_is_read_or_written(receive, now, monkeypatch):
    file = receive(makers.pdf(1, text="Diagnose F20"), "brief.pdf")
    assert "F20" in queries.pages(file.pk)[0].text
    forgetting.text([file.pk])
    page = queries.pages(file.pk)[0]
    assert (page.text, queries.pages_to_read(file.pk).exists()) == ("", False)
    monkeypatch.setattr(child, "start", lambda *_: pytest.fail("nothing to read"))
    read_all(now)
    monkeypatch.undo()
    file.refresh_from_db()
    assert file.read_at == now
    page.text = "Diagnose F20"
    page.save()
    assert queries.pages(file.pk)[0].text == "", "The database itself keeps none."
    assert [image.text for image in pages.draw(file, 1, 1)] == [""]
