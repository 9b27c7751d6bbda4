"""A zip of stored files: whole, checked, and in little memory."""

import hashlib
import tracemalloc
import uuid
import zipfile
from datetime import date

import pytest

from kit.downloads import Download
from papers.delivery import store
from papers.services import bundles

DAY = date(2026, 11, 2)
MEGABYTE = 1024 * 1024


def stored(content):
    place = store.place("files", uuid.uuid4())
    store.write(place, content)
    return Download(place, "hoe iemand het noemde.pdf", "application/pdf"), hashlib.sha256(content).hexdigest()


def test_what_goes_in_comes_out_under_the_name_it_was_given():
    download, sha256 = stored(b"%PDF proef")
    with bundles.begin() as (bundle, file):
        packed = bundle.take(download, name="documenten/01.pdf", day=DAY, sha256=sha256)
        bundle.add(b"lees mij", name="LEESMIJ.txt", day=DAY)
    assert (packed.size, packed.sha256) == (10, sha256)
    with file, zipfile.ZipFile(file) as archive:
        assert [one.date_time for one in archive.infolist()] == [(2026, 11, 2, 0, 0, 0)] * 2
        assert archive.read("documenten/01.pdf") == b"%PDF proef"
        assert archive.namelist() == ["documenten/01.pdf", "LEESMIJ.txt"]


def test_after_a_fault_the_file_is_closed_and_gone():
    download, _ = stored(b"%PDF proef")
    with pytest.raises(bundles.Damaged, match="niet meer wat het was"), bundles.begin() as (bundle, file):
        bundle.take(download, name="01.pdf", day=DAY, sha256="0" * 64)
    assert file.closed


def test_memory_does_not_grow_with_what_is_in_it():
    download, sha256 = stored(b"x" * 8 * MEGABYTE)
    tracemalloc.start()
    with bundles.begin() as (bundle, file):
        for number in range(8):
            bundle.take(download, name=f"{number}.pdf", day=DAY, sha256=sha256)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.seek(0, 2) > 64 * MEGABYTE
    file.close()
    assert peak < 2 * MEGABYTE
