import pytest

from papers.domain import files

MB = files.MEGABYTE


@pytest.mark.asvs("5.3.2")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("verslag psycholoog.pdf", "verslag psycholoog.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32\\brief.pdf", "brief.pdf"),
        ("C:\\Users\\noor\\Documents\\brief.pdf", "brief.pdf"),
        ("/", "bestand"),
        ("", "bestand"),
        ("...", "bestand"),
        ("   ", "bestand"),
        ("\x00\x01\x02", "bestand"),
        ("brief.pdf\x00.exe", "brief.pdf.exe"),
        ("brief\r\nSet-Cookie: a=b.pdf", "brief Set-Cookie: a=b.pdf"),
        ("brief\u202efdp.exe", "brieffdp.exe"),
        ("\u2066brief\u2069.pdf", "brief.pdf"),
        ('"brief".pdf', '"brief".pdf'),
        ("o'brien; filename=x.pdf", "o'brien; filename=x.pdf"),
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
        ("bri\ud800ef.pdf", "brief.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("röntgen 🦴.jpg", "röntgen 🦴.jpg"),
        ("brief.pdf ", "brief.pdf"),
        (".htaccess", "htaccess"),
        ("a\u2028b.pdf", "ab.pdf"),
    ],
)
def test_a_name_is_kept_as_people_know_it(given, kept):
    assert files.safe_name(given) == kept


@pytest.mark.parametrize("given", ["a" * 4096, "a" * 4096 + ".pdf", "é" * 4096 + ".pdf", "🦴" * 4096])
def test_a_name_of_four_thousand_letters_is_shortened(given):
    kept = files.safe_name(given)
    assert 0 < len(kept) <= files.NAME_LENGTH
    assert given.endswith(".pdf") <= kept.endswith(".pdf")


@pytest.mark.parametrize(
    ("name", "content_type", "taken_home"),
    [
        ("brief.pdf", files.PDF, "brief.pdf"),
        ("BRIEF.PDF", files.PDF, "BRIEF.PDF"),
        ("brief.exe", files.PDF, "brief.exe.pdf"),
        ("brief", files.PDF, "brief.pdf"),
        ("foto.jpeg", files.JPEG, "foto.jpeg"),
        ("foto.png", files.JPEG, "foto.png.jpg"),
        ("foto.html", files.PNG, "foto.html.png"),
    ],
)
def test_the_copy_to_take_home_is_called_what_it_is(name, content_type, taken_home):
    assert files.download_name(name, content_type) == taken_home


@pytest.mark.parametrize(
    ("size", "words"),
    [(31 * MB, "31 MB"), (25 * MB + 1, "25,1 MB"), (25 * MB, "25 MB"), (1, "0,1 MB"), (int(30.2 * MB), "30 MB")],
)
def test_a_size_in_words_never_seems_to_fit_when_it_does_not(size, words):
    assert files.megabytes(size) == words


@pytest.mark.parametrize(
    ("size", "message"),
    [
        (31 * MB, '"journaal.pdf" is 31 MB. Het mag maximaal 25 MB zijn. Maak het kleiner of splits het.'),
        (None, '"journaal.pdf" is te groot. Het mag maximaal 25 MB zijn. Maak het kleiner of splits het.'),
        # It said that it would fit, and went on.
        (3 * MB, '"journaal.pdf" is te groot. Het mag maximaal 25 MB zijn. Maak het kleiner of splits het.'),
    ],
)
def test_a_file_that_is_too_big_hears_how_big_it_is(size, message):
    refusal = files.too_big("journaal.pdf", size=size, limit=files.MAX_BYTES)
    assert (refusal.code, refusal.message) == ("too_big", message)


def test_every_refusal_names_the_file_and_says_what_to_do():
    values = {"size": "31 MB", "limit": "25 MB", "kind": "een Word-bestand", "advice": files.AGAIN, "pages": 612}
    for code in files.REFUSALS:
        message = files.refused(code, "brief.pdf", width=1, height=1, **values).message
        assert '"brief.pdf"' in message
        assert message.endswith(".")
        assert message.count(". ") >= 1, "one sentence that says what is wrong, and one that says what to do"


def test_a_very_long_name_does_not_drown_the_message():
    message = files.refused("damaged", "a" * 190 + ".pdf").message
    assert len(message) < 200
    assert '….pdf"' in message
