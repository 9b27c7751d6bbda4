"""Take in files without filling the disk."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from papers.domain import files


class CappedUploadHandler(TemporaryFileUploadHandler):
    """
    Write a file to disk as it comes in, up to one byte too many.

    Whoever looks at its size then still sees that it is too big and can say so, while what comes after costs nothing.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = files.MAX_BYTES + 1 - start
        if room > 0:
            self.file.write(raw_data[:room])

    def file_complete(self, file_size: int):  # type: ignore[no-untyped-def]
        return super().file_complete(min(file_size, files.MAX_BYTES + 1))
