"""From a file to pictures of its pages: whole, once, and never at the cost of the worker."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from papers import queries
from papers.delivery import child, pages, rasters, standby, store
from papers.domain import work
from papers.domain.states import WorkKind
from papers.models import File
from papers.services import files
from tests.papers import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def receive(now):
    def do(content: bytes, name: str = "brief.pdf") -> File:
        return files.receive(stream=io.BytesIO(content), name=name, size=None, by_user_id=None, now=now)

    return do


def make_all(now) -> int:
    rounds = 0
    while pages.make_next(now=now):
        rounds += 1
    return rounds


def picture(image) -> Image.Image:
    return Image.open(store.full(image.path))


def test_every_page_gets_a_picture_and_its_text(receive, now, on_disk):
    file = receive(makers.pdf(3, text="Verwijsbrief huisarts"))
    make_all(now)
    made = list(queries.pages(file.pk))
    assert [(page.number, page.width, page.text) for page in made] == [
        (number, 1200, f"Verwijsbrief huisarts {number}") for number in (1, 2, 3)
    ]
    file.refresh_from_db()
    assert (file.pages_made_at, file.attempts, file.last_error) == (now, 0, "")
    for page in made:
        drawn = picture(page)
        assert (drawn.format, drawn.size) == ("WEBP", (page.width, page.height))
        darkest, lightest = drawn.convert("L").getextrema()
        assert darkest < 50 < 250 < lightest, "ink on paper"
    places = [place for page in made for place in (page.path, page.small_path)]
    assert sorted(path for path in on_disk() if path.startswith("pages")) == sorted(places)
    with Image.open(store.full(made[0].small_path)) as small:
        assert small.width == rasters.SMALL[0]
    assert queries.page_image(file.pk, 2) == made[1]
    assert queries.page_image(file.pk, 4) is None


def test_a_long_file_comes_in_parts_and_shows_its_progress(receive, now):
    file = receive(makers.pdf(24))
    assert pages.make_next(now=now)
    assert queries.pages(file.pk).count() == pages.PAGES_AT_ONCE
    assert File.objects.get(pk=file.pk).pages_made_at is None
    assert make_all(now) == 2
    assert queries.pages(file.pk).count() == 24
    assert not pages.make_next(now=now)


def test_who_looks_first_does_not_wait_for_the_worker(receive, now, monkeypatch):
    file = receive(makers.pdf(12, text="Verslag"))
    assert pages.at_once(file, 3).text == "Verslag 3"
    assert pages.at_once(file, 13) is None
    assert make_all(now) == 2, "1 and 2, then 4 to 12"
    assert queries.pages(file.pk).count() == 12
    standby.dismiss()
    monkeypatch.setattr(standby, "run", lambda *_: pytest.fail("it is there already"))
    assert pages.at_once(file, 3).number == 3


def test_where_drawing_failed_nobody_waits_for_it_again(receive, now, monkeypatch):
    file = receive(makers.pdf(2))

    def dies(*_):
        raise child.ChildFailed("exit -11")

    monkeypatch.setattr(standby, "run", dies)
    assert pages.at_once(file, 1) is None
    File.objects.filter(pk=file.pk).update(attempts=2)
    file.refresh_from_db()
    monkeypatch.setattr(standby, "run", lambda *_: pytest.fail("the worker goes on"))
    assert pages.at_once(file, 1) is None


def as_stored(file_id):
    """Return the row as it stands in the database: a name that was sealed anew would differ."""
    row = File.objects.values().get(pk=file_id)
    return {**row, "name": row["name"].text}


def test_twice_is_once(receive, now):
    file = receive(makers.pdf(2))
    pages.make_some(file.pk, now=now)
    before = as_stored(file.pk)
    pages.make_some(file.pk, now=now + timedelta(hours=1))
    assert as_stored(file.pk) == before
    assert queries.pages(file.pk).count() == 2


def test_a_worker_that_died_after_drawing_does_no_harm(receive, now, monkeypatch):
    """The pictures are in their place, the rows are not: the next one draws them over."""
    file = receive(makers.pdf(2))

    class Killed(BaseException):
        pass

    def dies(*_, **how):
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(pages.PageImage.objects, "bulk_create", dies)
        with pytest.raises(Killed):
            pages.make_next(now=now)
    assert not pages.make_next(now=now), "not before the pause is over"
    assert make_all(now + work.pause(1)) == 2, "page by page, after trouble"
    assert queries.pages(file.pk).count() == 2


def test_what_is_filled_in_on_a_form_is_drawn(receive, now):
    file = receive(makers.pdf(change=makers.filled_in_form))
    make_all(now)
    page = queries.page_image(file.pk, 1)
    scale = page.width / 595
    red, green, _ = picture(page).convert("RGB").getpixel((int(200 * scale), int((842 - 125) * scale)))
    assert red > 200 > 60 > green


@pytest.mark.parametrize(
    ("content", "size", "paper"),
    [
        (makers.image("JPEG", (3000, 2000)), (1200, 800), (255, 255, 255)),
        (makers.image("PNG", (300, 200)), (300, 200), (255, 255, 255)),
        (makers.image("PNG", (100, 20_000)), (18, 3600), (255, 255, 255)),
        (makers.image("PNG", (50, 50), "RGBA", (0, 0, 0, 0)), (50, 50), (255, 255, 255)),
        (makers.image("PNG", (50, 50), "I;16", 40_000), (50, 50), None),
        (makers.image("JPEG", (50, 50), "CMYK", (0, 0, 0, 0)), (50, 50), (255, 255, 255)),
    ],
)
def test_a_photo_is_drawn_on_white_and_no_larger_than_it_is(receive, now, content, size, paper):
    file = receive(content, "foto.jpg")
    make_all(now)
    page = queries.page_image(file.pk, 1)
    assert (page.width, page.height, page.text) == (*size, "")
    if paper:
        drawn = picture(page).convert("RGB").getpixel((size[0] // 2, size[1] // 2))
        assert all(abs(a - b) < 4 for a, b in zip(drawn, paper, strict=True))


def test_a_photo_taken_sideways_is_shown_upright(receive, now):
    stream = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (400, 200), "white").save(stream, "JPEG", exif=exif)
    file = receive(stream.getvalue(), "foto.jpg")
    make_all(now)
    page = queries.page_image(file.pk, 1)
    assert (page.width, page.height) == (200, 400)


def test_a_roll_of_paper_stays_within_measure(receive, now):
    def roll(made):
        made.pages[0].MediaBox = makers.Array([0, 0, 100, 14_400])

    file = receive(makers.pdf(change=roll))
    make_all(now)
    page = queries.page_image(file.pk, 1)
    assert page.height <= rasters.HIGHEST
    assert page.width >= 1


def test_a_page_that_cannot_be_drawn_keeps_the_others_and_ends_with_a_person(receive, now, monkeypatch):
    file = receive(makers.pdf(12))
    run = child.run

    def third_page_kills(task, *arguments):
        if task == "pages" and int(arguments[3]) <= 3 <= int(arguments[4]):
            raise child.ChildFailed("exit -11")
        return run(task, *arguments)

    monkeypatch.setattr(child, "run", third_page_kills)
    moment = now
    for _ in range(40):
        pages.make_next(now=moment)
        moment += timedelta(hours=1)
    assert [page.number for page in queries.pages(file.pk)] == [1, 2]
    file.refresh_from_db()
    assert (file.attempts, file.last_error) == (work.TRIES, "ChildFailed")
    assert file.gave_up_at
    (stuck,) = queries.stuck_work()
    assert (stuck.kind, stuck.id, stuck.uncertain) == (WorkKind.PAGES, str(file.pk), False)


def test_a_child_that_draws_too_little_is_not_believed(receive, now, monkeypatch):
    file = receive(makers.pdf(2))
    monkeypatch.setattr(child, "run", lambda *_: [])
    pages.make_next(now=now)
    assert File.objects.get(pk=file.pk).last_error == "PagesMissing"
    assert not queries.pages(file.pk).exists()


@pytest.mark.asvs("14.2.8")
def test_what_a_camera_wrote_in_a_photo_stays_out_of_what_is_read(receive, now):
    told = Image.Exif()
    told[0x010F], told[0x013B] = "Camera van Jan", "J. de Vries"
    told.get_ifd(0x8825)[2] = (52.0, 5.0, 17.0)
    photo, remarks = io.BytesIO(), PngInfo()
    remarks.add_text("Author", "J. de Vries")
    Image.new("RGB", (800, 600), "white").save(photo, "JPEG", exif=told, comment=b"J. de Vries")
    scan = io.BytesIO()
    Image.new("RGB", (800, 600), "white").save(scan, "PNG", exif=told, pnginfo=remarks)
    for content in (photo.getvalue(), scan.getvalue()):
        assert b"J. de Vries" in content
        file = receive(content, "foto.jpg")
        make_all(now)
        (page,) = queries.pages(file.pk)
        drawn = store.full(page.path).read_bytes()
        assert not [word for word in (b"EXIF", b"XMP ", b"Vries", b"Camera") if word in drawn]
        with picture(page) as opened:
            assert not {"exif", "xmp", "icc_profile"} & opened.info.keys()
