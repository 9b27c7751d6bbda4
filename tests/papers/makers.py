"""Real files to take in, good and hostile. Made here: nothing in them is anybody's."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image


def pdf(pages: int = 1, *, text: str = "Verwijsbrief", change: Callable[[pikepdf.Pdf], object] | None = None) -> bytes:
    """Return a PDF with this text and its number on each page; `change` does what a stranger would."""
    with pikepdf.new() as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(1, pages + 1):
            page = made.add_blank_page(page_size=(595, 842))
            page.Resources = Dictionary(Font=Dictionary(F1=font))
            page.Contents = made.make_stream(f"BT /F1 24 Tf 72 720 Td ({text} {number}) Tj ET".encode())
        if change:
            change(made)
        return saved(made)


def saved(made: pikepdf.Pdf, **options: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream, deterministic_id=True, **options)
    return stream.getvalue()


def with_a_stream(content: bytes, *, squeezed: bool) -> bytes:
    """Return a PDF with this inside, which nothing refers to from a page."""
    with pikepdf.open(io.BytesIO(pdf())) as made:
        made.Root.Vreemd = made.make_stream(content)
        return saved(made, compress_streams=squeezed)


def encrypted(*, user: str, owner: str = "eigenaar") -> bytes:
    with pikepdf.open(io.BytesIO(pdf())) as made:
        stream = io.BytesIO()
        made.save(stream, encryption=pikepdf.Encryption(user=user, owner=owner))
        return stream.getvalue()


def image(kind: str = "PNG", size: tuple[int, int] = (800, 600), mode: str = "RGB", color: Any = "white") -> bytes:
    stream = io.BytesIO()
    Image.new(mode, size, color).save(stream, kind)
    return stream.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a few kilobytes that claim (and hold) a picture of this size."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    squeezed = zlib.compressobj(9)
    rows = b"".join(squeezed.compress(bytes(1 + (width + 7) // 8)) for _ in range(height)) + squeezed.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "inhoud")
    return stream.getvalue()


def ole(name: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + name.encode("utf-16-le") + bytes(600)


# What a stranger puts in a PDF.


def broken_page(made: pikepdf.Pdf) -> None:
    """The words of a page, squeezed, and then something else."""
    content = made.make_stream(zlib.compress(b"BT /F1 24 Tf (Verwijsbrief) Tj ET")[:2] + b"\xff" * 60)
    content.Filter = Name.FlateDecode
    made.pages[0].Contents = content


def page_that_swells(made: pikepdf.Pdf) -> None:
    """A page of a megabyte that would be 1.3 GB of spaces."""
    squeeze = zlib.compressobj(9)
    block = squeeze.compress(b" " * 2**24) + squeeze.flush(zlib.Z_FULL_FLUSH)
    content = made.make_stream(block + block[2:] * 80)
    content.Filter = Name.FlateDecode
    made.pages[0].Contents = content


def script_on_open(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))


def script_in_a_field(made: pikepdf.Pdf) -> None:
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=String("naam"),
        Rect=Array([0, 0, 100, 20]),
        AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=made.make_stream(b"app.alert('x')"))),
    )
    widget = made.make_indirect(field)
    made.pages[0].Annots = Array([widget])
    made.Root.AcroForm = Dictionary(Fields=Array([widget]))


def script_by_name(made: pikepdf.Pdf) -> None:
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript)])))


def launch(made: pikepdf.Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 99, 99]),
        A=Dictionary(S=Name.Launch, F=String("cmd.exe")),
    )
    made.pages[0].Annots = Array([link])


def deeply_hidden_launch(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.Launch, F=String("cmd.exe"))
    for _ in range(20):
        action = Dictionary(S=Name.GoTo, Next=Array([action]))
    made.Root.OpenAction = action


def too_deep(made: pikepdf.Pdf) -> None:
    nested = Array([])
    for _ in range(200):
        nested = Array([nested])
    made.Root.Vreemd = nested


def submit(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.SubmitForm, F=String("https://elders.example/"))


def other_file(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoToR, F=String("\\\\elders\\deel\\a.pdf"), D=Array([0, Name.Fit]))


def attachment(made: pikepdf.Pdf) -> None:
    made.attachments["virus.exe"] = b"MZ" + bytes(100)


def attachment_on_the_page(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]))])


def film(made: pikepdf.Pdf) -> None:
    made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]))])


def xfa(made: pikepdf.Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


def first_page_action(made: pikepdf.Pdf) -> None:
    """What a word processor writes: show the first page. Nothing wrong with it."""
    made.Root.OpenAction = Array([made.pages[0].obj, Name.Fit])


def link_to_a_site(made: pikepdf.Pdf) -> None:
    """A link in a letterhead. Nothing wrong with it either: advisors see a picture."""
    action = Dictionary(S=Name.URI, URI=String("https://esdoorn.example/"))
    made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)])


def filled_in_form(made: pikepdf.Pdf) -> None:
    """A form with a value in it and a picture of that value."""
    look = Stream(made, b"1 0 0 rg 0 0 200 50 re f")
    look.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 200, 50])})
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            F=4,
            T=String("naam"),
            V=String("ja"),
            Rect=Array([100, 100, 300, 150]),
            AP=Dictionary(N=made.make_indirect(look)),
        )
    )
    made.pages[0].Annots = Array([field])
    made.Root.AcroForm = Dictionary(Fields=Array([field]))


def with_object_streams(content: bytes) -> bytes:
    """Return the same PDF with its objects squeezed, where a search of the bytes finds nothing."""
    with pikepdf.open(io.BytesIO(content)) as made:
        return saved(made, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def incremental_script() -> bytes:
    """Return a PDF to which a later update, as an editor writes it, adds a script."""
    return updated(pdf(), b"/OpenAction << /S /J#61vaScript /JS (x) >>")


def earlier_script() -> bytes:
    """Return a PDF of which only the version before the last save has a script."""
    return updated(pdf(change=script_on_open), b"")


def annotated_later() -> bytes:
    """Return a PDF that an editor saved anew, as everybody does. Nothing wrong with it."""
    return updated(updated(pdf(), b"/PageMode /UseNone"), b"/PageMode /UseOutlines")


def updated(content: bytes, more: bytes) -> bytes:
    """Return a PDF with a new version of its root after it, as an editor writes it."""
    start = content.rindex(b"startxref")
    old_table = int(content[start:].split()[1])
    root = int(content[content.rindex(b"/Root") :].split()[1])
    pages = content[content.index(b"/Pages") :].split()[1]
    size = int(content[content.rindex(b"/Size") :].split()[1])
    update = b"\n%d 0 obj\n<< /Type /Catalog /Pages %s 0 R %s >>\nendobj\n" % (root, pages, more)
    table = len(content) + len(update)
    return (
        content
        + update
        + b"xref\n%d 1\n%010d 00000 n \ntrailer << /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (root, len(content) + 1, size, root, old_table, table)
    )


def opens_a_site(made: pikepdf.Pdf) -> None:
    made.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([]), Next=Dictionary(S=Name.URI, URI=String("http://a.nl")))


def page_of_a_site(made: pikepdf.Pdf) -> None:
    made.Root.Vreemd = String("<html><script>alert(1)</script></html>")


def link_to_a_disk(made: pikepdf.Pdf) -> None:
    action = Dictionary(S=Name.URI, URI=String("file://elders/deel/a.exe"))
    made.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 9, 9]), A=action)])


def bytes_elsewhere(made: pikepdf.Pdf) -> None:
    made.Root.Vreemd = made.make_stream(b"")
    made.Root.Vreemd.F = String("/etc/passwd")


def form_of(made: pikepdf.Pdf, content: bytes, **drawings: object) -> pikepdf.Object:
    form = made.make_stream(content)
    form.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
    form.Resources = Dictionary(XObject=Dictionary(drawings))
    return form


def drawing_in_drawing(made: pikepdf.Pdf) -> None:
    """Ten drawings of ten drawings of ten drawings, and so on: a page that is never ready."""
    form = form_of(made, b"0 0 1 1 re f")
    for _ in range(8):
        form = form_of(made, b"/D Do " * 10, **{"/D": form})
    made.pages[0].Resources.XObject = Dictionary(D=form)
    made.pages[0].Contents = made.make_stream(b"/#44 Do")


def draws_itself(made: pikepdf.Pdf) -> None:
    form = form_of(made, b"/D Do")
    form.Resources.XObject.D = form
    made.pages[0].Resources.XObject = Dictionary(D=form)
    made.pages[0].Contents = made.make_stream(b"/D Do")


def huge_picture(made: pikepdf.Pdf) -> None:
    picture = made.make_stream(zlib.compress(bytes(10_000)))
    picture.stream_dict.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 60_000, "/Height": 60_000})
    picture.stream_dict.update({"/ColorSpace": Name.DeviceRGB, "/BitsPerComponent": 8, "/Filter": Name.FlateDecode})
    made.pages[0].Resources.XObject = Dictionary(P=picture)


def font_that_swells(made: pikepdf.Pdf) -> None:
    """Twice squeezed: a few hundred bytes that would be hundreds of megabytes."""
    squeezed = zlib.compress(zlib.compress(bytes(300 * 1024 * 1024), 9), 9)
    font = made.make_stream(squeezed)
    font.Filter = Array([Name.FlateDecode, Name.FlateDecode])
    made.Root.Vreemd = font


def animated() -> bytes:
    stream = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), color) for color in ("white", "red", "blue")]
    frames[0].save(stream, "PNG", save_all=True, append_images=frames[1:])
    return stream.getvalue()
