"""XML with entities: refused by its kind, at no cost, and whatever a file names is never fetched."""

import io
import socket
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator

import pikepdf
import pytest

from papers import queries
from papers.delivery import pages
from papers.models import File
from papers.services import files
from tests.papers import makers

pytestmark = pytest.mark.django_db
LAUGHS = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
BILLION = f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'


@pytest.fixture
def elsewhere() -> Iterator[socket.socket]:
    """A machine of the attacker: it hears who comes by."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setblocking(False)
        yield listening


def fetching(elsewhere: socket.socket) -> str:
    where = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/x"
    return (
        f'<!DOCTYPE x SYSTEM "{where}.dtd" [<!ENTITY % all SYSTEM "{where}"> %all; '
        f'<!ENTITY page SYSTEM "{where}"> <!ENTITY disk SYSTEM "file:///etc/passwd">]>'
    )


def nobody_came(elsewhere: socket.socket) -> bool:
    try:
        elsewhere.accept()[0].close()
    except BlockingIOError:
        return True
    return False


def svg(doctype: str) -> bytes:
    return f'<?xml version="1.0"?>{doctype}<svg xmlns="http://www.w3.org/2000/svg"><text>&l11;</text></svg>'.encode()


def xml(doctype: str) -> bytes:
    return f'<?xml version="1.0" encoding="utf-16"?>{doctype}<x>&page;&disk;</x>'.encode("utf-16")


def docx(doctype: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
            made.writestr(name, f'<?xml version="1.0"?>{doctype}<w>&page;&l11;</w>')
    return stream.getvalue()


@pytest.mark.asvs("1.5.1")
@pytest.mark.parametrize("make", [svg, xml, docx])
@pytest.mark.parametrize("name", ["tekening.svg", "verslag.docx", "brief.pdf", "foto.png"])
@pytest.mark.parametrize("doctype", ["fetching", "billion"])
def test_xml_with_entities_is_refused_and_nothing_is_fetched(
    make: Callable[[str], bytes], name: str, doctype: str, elsewhere, now, on_disk
):
    content = make(BILLION if doctype == "billion" else fetching(elsewhere))
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises(files.Refused) as refusal:
            files.receive(stream=io.BytesIO(content), name=name, size=len(content), by_user_id=None, now=now)
        assert tracemalloc.get_traced_memory()[1] < 20 * 1024 * 1024
    finally:
        tracemalloc.stop()
    assert refusal.value.code == "other_kind"
    assert time.monotonic() - began < 5
    assert nobody_came(elsewhere)
    assert not File.objects.exists() and on_disk() == []


@pytest.mark.asvs("1.5.1")
@pytest.mark.parametrize("doctype", ["fetching", "billion"])
def test_xml_inside_a_pdf_is_never_read(doctype, elsewhere, now):
    words = BILLION if doctype == "billion" else fetching(elsewhere)
    told = f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>{words}<x>&page;&l11;</x><?xpacket end="w"?>'

    def tells(made: pikepdf.Pdf) -> None:
        made.Root.Metadata = made.make_stream(told.encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)

    content = makers.pdf(change=tells)
    file = files.receive(stream=io.BytesIO(content), name="brief.pdf", size=None, by_user_id=None, now=now)
    while pages.make_next(now=now):
        pass
    (page,) = queries.pages(file.pk)
    assert page.text == "Verwijsbrief 1"
    assert nobody_came(elsewhere)


def test_who_comes_by_is_heard(elsewhere):
    with socket.create_connection(elsewhere.getsockname()):
        assert not nobody_came(elsewhere)
