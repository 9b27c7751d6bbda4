"""
A virus scanner of our own for the demo and the tests: Debian's clamd, that knows one virus, and that is none.

Its only signature is that of the EICAR test file, written here. So it proves that the portal asks, waits and listens as
it should, and says nothing about how well viruses are found. Production brings a clamd with real signatures.
"""

import functools
import shutil
import socket
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Self

from portal import embedded

APT_LINE = "apt-get install -y --no-install-recommends clamav-daemon"
# In two parts, so that the scanner of whoever reads this leaves the source alone.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EI" + b"CAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = f"Portaal.Test.EICAR:0:*:{EICAR.hex()}\n"
"""Name, any kind of file (0), anywhere in it (*), these bytes."""
# Our own limits are 25 MB, and 100 MB for the file of a check.
# MaxFileSize above MaxScanSize and AlertExceedsMax: else clamd says OK to what it didn't read.
SETTINGS = """\
Foreground yes
LocalSocket {socket}
LocalSocketMode 600
DatabaseDirectory {signatures}
TemporaryDirectory {scratch}
StreamMaxLength 110M
MaxScanSize 120M
MaxFileSize 400M
AlertExceedsMax yes
MaxThreads 4
IdleTimeout 20
ReadTimeout 20
ExitOnOOM yes
"""


@functools.cache
def binary() -> Path | None:
    """Return Debian's `clamd`, when it is here."""
    found = shutil.which("clamd", path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin")
    return Path(found) if found else None


class Clamd(embedded.Server):
    """A clamd that only the user who started it can reach, through a Unix socket."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.resolve())
        self._borrowed: Path | None = None

    @functools.cached_property
    def socket(self) -> Path:
        """Return the place of the socket: in our folder, or under /tmp where our path is too long for the kernel."""
        folder = self.folder / "socket"
        if len(str(folder / "clamd")) >= embedded.LONGEST_SOCKET_PATH:
            self._borrowed = folder = Path(tempfile.mkdtemp(prefix="portaal-"))
        return folder / "clamd"

    @property
    def url(self) -> str:
        return str(self.socket)

    def start(self) -> Self:
        """Bring the scanner up; return when it answers."""
        program = binary()
        if program is None:
            raise embedded.NotStarted(f"Geen virusscanner (clamd) gevonden. Doe als root: {APT_LINE}")
        self.hold()
        self.socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.socket.unlink(missing_ok=True)
        self.launch([*embedded.lowered(), program, "--config-file", self._prepared()])
        return self.until_it_answers("clamd", self._answers)

    def stop(self) -> None:
        super().stop()
        if self._borrowed:
            shutil.rmtree(self._borrowed, ignore_errors=True)

    def _prepared(self) -> Path:
        signatures, scratch = self.folder / "signatures", self.folder / "scratch"
        for folder in (signatures, scratch):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
        (signatures / "portaal.ndb").write_text(SIGNATURE)
        settings = self.folder / "clamd.conf"
        settings.write_text(SETTINGS.format(socket=self.socket, signatures=signatures, scratch=scratch))
        for ours in (signatures, scratch, self.socket.parent):
            embedded.hand_over(ours)
        return settings

    def _answers(self) -> bool:
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(1)
            connection.connect(self.url)
            connection.sendall(b"zPING\0")
            return connection.recv(16) == b"PONG\0"
        return False
