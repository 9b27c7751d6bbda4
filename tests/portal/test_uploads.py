"""A file that is too big costs no disk and can still be told off."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from papers.domain import files


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize(("sent", "kept"), [(0, 0), (99, 99), (100, 100), (101, 101), (102, 101), (200_000, 101)])
def test_a_file_is_kept_up_to_one_byte_too_many(monkeypatch, sent, kept):
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.pdf", b"x" * sent)})
    got = request.FILES["file"]
    assert (got.size, len(got.read())) == (kept, kept)
    got.close()
