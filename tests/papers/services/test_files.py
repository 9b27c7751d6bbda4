"""Taking in files: what is kept, what is refused and in which words, and what is left on disk."""

import errno
import hashlib
import io
import os
import tracemalloc

import pikepdf
import pytest
from django.db import DatabaseError, transaction

from papers import queries
from papers.delivery import child, store
from papers.domain.states import FileState
from papers.models import File
from papers.services import files
from tests.papers import makers

pytestmark = pytest.mark.django_db
OVER = files.MAX_BYTES + 1


def receive(content, now, *, name="brief.pdf", **options):
    options.setdefault("size", len(content))
    return files.receive(stream=io.BytesIO(content), name=name, by_user_id=None, now=now, **options)


@pytest.mark.parametrize(
    ("content", "content_type", "pages"),
    [
        (makers.pdf(), "application/pdf", 1),
        (makers.pdf(7), "application/pdf", 7),
        (makers.pdf(500), "application/pdf", 500),
        (makers.with_object_streams(makers.pdf(3)), "application/pdf", 3),
        (makers.pdf(change=makers.first_page_action), "application/pdf", 1),
        (makers.pdf(change=makers.link_to_a_site), "application/pdf", 1),
        (makers.pdf(change=makers.filled_in_form), "application/pdf", 1),
        (makers.pdf() + b"\r\n\0\0", "application/pdf", 1),
        (makers.annotated_later(), "application/pdf", 1),
        (makers.image("JPEG") + makers.image("JPEG"), "image/jpeg", 1),
        (makers.image("JPEG"), "image/jpeg", 1),
        (makers.image("PNG"), "image/png", 1),
        (makers.image("PNG", mode="RGBA", color=(0, 0, 0, 0)), "image/png", 1),
        (makers.image("PNG", mode="P", color=3), "image/png", 1),
        (makers.image("JPEG", mode="CMYK", color=(0, 0, 0, 0)), "image/jpeg", 1),
        (makers.image("PNG", size=(8000, 5000), mode="1", color=0), "image/png", 1),
    ],
)
def test_a_good_file_is_kept_as_it_is(content, content_type, pages, now, on_disk):
    file = receive(content, now, name="Iets heel anders.exe")
    assert (file.content_type, file.page_count, file.size) == (content_type, pages, len(content))
    assert file.state == FileState.CLEAN.value
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    (path,) = on_disk()
    assert path == store.place("files", file.pk)
    assert store.full(path).read_bytes() == content


OTHER_KIND = [
    (makers.zipped("[Content_Types].xml", "word/document.xml"), "een Word-bestand"),
    (makers.zipped("[Content_Types].xml", "xl/workbook.xml"), "een Excel-bestand"),
    (makers.zipped("ppt/presentation.xml"), "een PowerPoint-bestand"),
    (makers.zipped("mimetype", "META-INF/manifest.xml"), "een OpenDocument-bestand"),
    (makers.zipped("journaal.pdf"), "een zip-bestand"),
    (b"PK\x03\x04" + bytes(100), "een zip-bestand"),
    (makers.ole("WordDocument"), "een Word-bestand"),
    (makers.ole("Workbook"), "een Excel-bestand"),
    (makers.ole("__substg1.0_0037001F"), "een e-mail"),
    (b"{\\rtf1\\ansi hallo}", "een Word-bestand"),
    (b"GIF89a" + bytes(50), "een afbeelding die wij niet kunnen lezen"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "een afbeelding die wij niet kunnen lezen"),
    (b"II*\x00" + bytes(50), "een afbeelding die wij niet kunnen lezen"),
    (b"\x00\x00\x00\x18ftypheic" + bytes(50), "een foto van een iPhone (HEIC)"),
    (b"\x00\x00\x00\x18ftypmp42" + bytes(50), "een film of geluid"),
    (b"MZ\x90\x00" + bytes(100), "een programma"),
    (b"\x7fELF\x02\x01" + bytes(100), "een programma"),
    (b"#!/bin/sh\nrm -rf /\n", "een programma"),
    (b"<!DOCTYPE html><script>alert(1)</script>", "een webpagina"),
    (b'\xef\xbb\xbf<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "een webpagina"),
    (b"  \n<html><!-- %PDF-1.7 --></html>", "een webpagina"),
    (b"Geachte collega,\nhierbij de verwijzing.\n", "een tekstbestand"),
    ("Geachte collega".encode("utf-16"), "een tekstbestand"),
    (b"From: noor@voorbeeld.nl\nSubject: x\n", "een e-mail"),
    (bytes(128) + b"DICM" + bytes(100), "een medisch beeld (DICOM)"),
]


@pytest.mark.asvs("5.2.2")
@pytest.mark.parametrize(("content", "kind"), OTHER_KIND)
def test_another_kind_of_file_is_called_by_its_name(content, kind, now, on_disk):
    with pytest.raises(files.Refused) as refusal:
        receive(content, now, name="verslag.pdf")
    assert refusal.value.code == "other_kind"
    assert refusal.value.message.startswith(f'"verslag.pdf" is {kind}. ')
    assert not File.objects.exists()
    assert on_disk() == []


def test_the_message_of_a_word_file_is_that_of_the_error_table(now):
    content = makers.zipped("[Content_Types].xml", "word/document.xml")
    with pytest.raises(files.Refused) as refusal:
        receive(content, now, name="verslag psycholoog.docx")
    assert refusal.value.message == (
        '"verslag psycholoog.docx" is een Word-bestand. Bewaar het als pdf en kies het opnieuw.'
    )


HOSTILE = [
    (b"", "empty"),
    (os.urandom(2000), "unknown_kind"),
    (bytes(2000), "unknown_kind"),
    (b"%PDF-1.7\n", "damaged"),
    (b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF", "damaged"),
    (makers.pdf()[:-200], "damaged"),
    (makers.pdf(30)[: len(makers.pdf(30)) // 2], "damaged"),
    (makers.pdf()[:40] + os.urandom(200) + makers.pdf()[240:], "damaged"),
    (makers.with_object_streams(makers.pdf(9))[:-60], "damaged"),
    (makers.zipped("a.txt") + makers.pdf(), "other_kind"),
    (b"GIF89a;\n" + makers.pdf(), "other_kind"),
    (makers.encrypted(user="geheim"), "password"),
    (makers.encrypted(user=""), "protected"),
    (makers.pdf(0), "no_pages"),
    (makers.pdf(501), "too_many_pages"),
    (makers.pdf(change=makers.script_on_open), "script"),
    (makers.pdf(change=makers.script_in_a_field), "script"),
    (makers.pdf(change=makers.script_by_name), "script"),
    (makers.with_object_streams(makers.pdf(change=makers.script_on_open)), "script"),
    (makers.incremental_script(), "script"),
    (makers.pdf(change=makers.launch), "action"),
    (makers.pdf(change=makers.deeply_hidden_launch), "action"),
    (makers.pdf(change=makers.submit), "action"),
    (makers.pdf(change=makers.other_file), "action"),
    (makers.pdf(change=makers.opens_a_site), "action"),
    (makers.pdf(change=makers.link_to_a_disk), "action"),
    (makers.pdf(change=makers.bytes_elsewhere), "action"),
    (makers.pdf(change=makers.attachment), "attachments"),
    (makers.with_object_streams(makers.pdf(change=makers.attachment)), "attachments"),
    (makers.pdf(change=makers.attachment_on_the_page), "attachments"),
    (makers.pdf(change=makers.film), "attachments"),
    (makers.pdf(change=makers.xfa), "form"),
    (makers.pdf(change=makers.drawing_in_drawing), "too_complex"),
    (makers.pdf(change=makers.draws_itself), "too_complex"),
    (makers.pdf(change=makers.huge_picture), "too_many_pixels"),
    (makers.pdf(change=makers.font_that_swells), "too_complex"),
    (makers.earlier_script(), "script"),
    (makers.pdf() + makers.zipped("a.exe"), "mixed"),
    (makers.pdf() + b"<p>x</p>", "mixed"),
    (makers.pdf() + makers.pdf(), "mixed"),
    (makers.pdf(change=makers.page_of_a_site), "mixed"),
    (makers.image("PNG") + b"x", "mixed"),
    (makers.image("PNG") + makers.zipped("a.exe"), "mixed"),
    (makers.image("JPEG") + makers.zipped("a.exe"), "mixed"),
    (makers.image("JPEG") + b"<script>alert(1)</script>", "mixed"),
    (makers.image("JPEG") + makers.pdf(), "mixed"),
    (makers.animated(), "other_kind"),
    (makers.pdf(change=makers.too_deep), "too_complex"),
    (makers.pdf(change=makers.broken_page), "damaged"),
    (makers.pdf(change=makers.page_that_swells), "too_complex"),
    (makers.image("JPEG")[:-200], "damaged"),
    (makers.image("JPEG")[:3], "damaged"),
    (makers.image("PNG")[:100], "damaged"),
    (makers.image("PNG")[:60] + os.urandom(40) + makers.image("PNG")[100:], "damaged"),
    (b"\xff\xd8\xff" + os.urandom(3000), "damaged"),
    (makers.image("JPEG")[:3] + makers.image("PNG"), "damaged"),
    (makers.huge_png(8001, 5000), "too_many_pixels"),
    (makers.huge_png(30_000, 30_000), "too_many_pixels"),
]


@pytest.mark.asvs("5.2.2", "5.2.6", "5.2.3")
@pytest.mark.parametrize(("content", "code"), HOSTILE)
def test_a_hostile_or_broken_file_is_refused_and_leaves_nothing(content, code, now, on_disk):
    with pytest.raises(files.Refused) as refusal:
        receive(content, now)
    assert refusal.value.code == code
    assert '"brief.pdf"' in refusal.value.message
    assert not File.objects.exists()
    assert on_disk() == []


def test_a_small_file_may_be_a_very_large_picture():
    assert len(makers.huge_png(30_000, 30_000)) < 200_000


@pytest.mark.parametrize("size", [None, 1000, OVER])
def test_too_much_is_stopped_whatever_was_said_before(size, now, on_disk):
    came = []

    def endless():
        while True:
            came.append(1)
            yield b"%PDF-" + bytes(1024 * 1024)

    with pytest.raises(files.Refused) as refusal:
        files.receive(stream=endless(), name="scan.pdf", size=size, by_user_id=None, now=now)
    assert refusal.value.code == "too_big"
    assert len(came) <= 26
    assert on_disk() == []


def test_a_limit_of_its_own(now):
    content = makers.pdf()
    assert receive(content, now, limit=len(content))
    with pytest.raises(files.Refused, match="maximaal 0,1 MB"):
        receive(content, now, limit=len(content) - 1)


def test_less_came_than_was_said(now, on_disk):
    with pytest.raises(files.Refused) as refusal:
        receive(makers.pdf(), now, size=1_000_000)
    assert refusal.value.code == "interrupted"
    assert on_disk() == []


def test_the_connection_breaks_while_it_comes_in(now, on_disk):
    def broken():
        yield makers.pdf()[:100]
        raise ConnectionResetError

    with pytest.raises(files.Refused) as refusal:
        files.receive(stream=broken(), name="scan.pdf", size=None, by_user_id=None, now=now)
    assert refusal.value.code == "interrupted"
    assert "Controleer uw verbinding" in refusal.value.message
    assert on_disk() == []


def test_a_full_disk_is_our_trouble_and_said_so(now, monkeypatch, on_disk):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, "to_disk", full)
    with pytest.raises(files.Refused) as refusal:
        receive(makers.pdf(), now)
    assert refusal.value.code == "not_stored"
    assert "storing bij ons" in refusal.value.message
    assert on_disk() == []


def test_a_child_that_dies_costs_only_this_file(now, monkeypatch, on_disk):
    monkeypatch.setattr(child, "WALL_SECONDS", 0.001)
    with pytest.raises(files.Refused) as refusal:
        receive(makers.pdf(), now)
    assert refusal.value.code == "too_complex"
    assert on_disk() == []


def test_no_row_without_its_bytes_and_no_bytes_without_a_row(now, monkeypatch, on_disk):
    def fails(**_):
        raise DatabaseError

    monkeypatch.setattr(File.objects, "create", fails)
    with pytest.raises(DatabaseError):
        receive(makers.pdf(), now)
    assert on_disk() == []


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit_only(now, monkeypatch):
    rung = []
    monkeypatch.setattr("kit.bell._send", rung.append)
    with pytest.raises(RuntimeError), transaction.atomic():
        receive(makers.pdf(), now)
        raise RuntimeError
    assert rung == []
    receive(makers.pdf(), now)
    assert rung == ["papers.tasks.make_pages"]


@pytest.mark.asvs("5.2.1")
def test_memory_does_not_grow_with_the_file(now):
    """25 MB comes in, and no more than a few chunks of it are ever in memory."""

    def large():
        for _ in range(25 * 16):
            yield bytes(64 * 1024)

    tracemalloc.start()
    try:
        with pytest.raises(files.Refused):
            files.receive(stream=large(), name="scan.pdf", size=None, by_user_id=None, now=now)
        assert tracemalloc.get_traced_memory()[1] < 4 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_large_scan_is_taken_in(now):
    def scan(made: pikepdf.Pdf) -> None:
        made.pages[0].Resources.XObject = pikepdf.Dictionary(Scan=made.make_stream(os.urandom(24 * 1024 * 1024)))

    content = makers.pdf(change=scan)
    assert receive(content, now).size == len(content)


@pytest.mark.asvs("5.3.2")
@pytest.mark.parametrize(
    "name", ["../../a.pdf", "a\x00b.pdf", "a\u202e.pdf", "x" * 4096 + ".pdf", "a\r\nb: c.pdf", '"a".pdf']
)
def test_whatever_it_is_called_it_stands_under_its_id(name, now, on_disk):
    file = receive(makers.pdf(), now, name=name)
    assert on_disk() == [f"files/{file.pk.hex[:2]}/{file.pk}"]
    file.refresh_from_db()
    assert file.name.isprintable()
    assert len(file.name) <= 200
    assert queries.file(file.pk) == file


def test_what_is_invented_may_be_opened_once_and_what_is_refused_stays_refused(now, monkeypatch):
    opened = []
    run = child.run
    monkeypatch.setattr(child, "run", lambda *arguments: opened.append(arguments) or run(*arguments))
    content = makers.pdf()
    with files.each_once():
        first, second = receive(content, now), receive(content, now)
        for _ in range(2):
            with pytest.raises(files.Refused):
                receive(makers.pdf()[:200], now)
    assert (first.page_count, second.page_count) == (1, 1)
    assert len(opened) == 3, "the same once, and what is refused each time"
    receive(content, now)
    assert len(opened) == 4, "afterwards every file is opened again"
