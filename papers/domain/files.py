"""What we take in, and what we say when we don't."""

MAX_BYTES = 25 * 1024 * 1024


class Refused(Exception):
    """A file that we don't keep. `message` is for people, `code` for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
