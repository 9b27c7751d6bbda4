"""Take in files without filling the disk."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from authorizations.domain import check_runs
from papers.domain import files

MORE: Mapping[str, int] = {"authorizations:check-runs": check_runs.MOST_BYTES}
"""Addresses that take more than a document."""


class CappedUploadHandler(TemporaryFileUploadHandler):
    """
    Write a file to disk as it comes in, up to one byte too many.

    Whoever looks at its size then still sees that it is too big and can say so, while what comes after costs nothing.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        match = getattr(request, "resolver_match", None)
        self._most = MORE.get(match.view_name if match else "", files.MAX_BYTES) + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = self._most - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int):  # type: ignore[no-untyped-def]
        return super().file_complete(min(file_size, self._most))
