"""
The whole portal on this machine, for trying it: `make demo`.

Starts PostgreSQL, Redis and a virus scanner (or uses those of `DATABASE_URL`, `REDIS_URL` and `CLAMD_ADDRESS`), fills
the database, and runs the same web server, worker and clock as in production. Whatever dies is started again; Ctrl-C
stops it all. The data stay in .demo/.
"""

import fcntl
import os
import shlex
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType

from portal import embedded, virus_scanner

BASE = Path(__file__).resolve().parent.parent
FOLDER = Path(os.environ.get("DEMO_FOLDER") or BASE / ".demo").resolve()
LOGS = FOLDER / "logs"
TOOLS = Path(sys.executable).parent
SLOW_LOG = 5 * 1024 * 1024
stopping = threading.Event()


def say(text: str = "") -> None:
    """Tell it in the terminal."""
    print(text, flush=True)


class Child:
    """A part of the portal with its helpers: one process group, one log file."""

    def __init__(self, name: str, command: Sequence[str | Path], environment: dict[str, str]) -> None:
        self.name = name
        self.command = [*embedded.dies_with_us("TERM"), *map(str, command)]
        self.environment = environment
        self.log = LOGS / f"{name}.log"
        self.start()

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us and we choose the order of stopping."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=BASE, env=self.environment,
                start_new_session=True,
            )  # fmt: skip
        self.started = time.monotonic()

    def alive(self) -> bool:
        """Say whether it runs."""
        return self.process.poll() is None

    def restart(self) -> None:
        """Start it again after it died, and after its helpers are gone too; slowly when it dies at once."""
        self.kill()
        if time.monotonic() - self.started < 5:
            stopping.wait(2)
        if not stopping.is_set():
            self.start()

    def kill(self) -> None:
        """End what is left of the group."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def ask_to_stop(self) -> None:
        """Let it finish what it is doing, and nothing more."""
        if self.alive():
            self.process.terminate()

    def stop(self) -> None:
        """Wait until it has finished; not for ever."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(15)
        self.kill()


@contextmanager
def only_one() -> Iterator[None]:
    """Claim the folder of the demo."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "slot").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise embedded.NotStarted("De demo draait al, in een ander venster.") from None
        yield


def tidy_logs() -> None:
    """Keep one older log of each, so that the folder doesn't grow for ever."""
    for log in LOGS.glob("*.log"):
        if log.stat().st_size > SLOW_LOG:
            log.replace(log.with_suffix(".log.1"))


def environment(addresses: dict[str, str], port: int) -> dict[str, str]:
    """Return what each process gets to know; also written down for scripts/manage."""
    ours = {
        "PORTAL_ENV": "demo",
        **addresses,
        "PORTAL_DATA_DIR": str(FOLDER),
        # By name: a browser uses security keys only for a site that has one.
        "PORTAL_URL": f"http://localhost:{port}",
    }
    note = FOLDER / "omgeving"
    note.touch(mode=0o600)
    note.write_text("".join(f"{name}={shlex.quote(value)}\n" for name, value in ours.items()))
    inherited = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DJANGO_SETTINGS_MODULE")}
    return inherited | ours


def parts(port: int, known: dict[str, str]) -> list[Child]:
    """Start the web server, the worker and the clock: the same as in docker-compose.yml."""
    return [web(port, known), worker(known), clock(known)]


def web(port: int, known: dict[str, str]) -> Child:
    """Start the web server: two workers with four threads each; each thread has its connection."""
    command: list[str | Path] = [TOOLS / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--no-ws"]
    return Child("web", [*command, "portal.wsgi:application"], known | {"DATABASE_POOL": "4"})


def worker(known: dict[str, str], processes: int = 2) -> Child:
    """Start the worker with so many processes."""
    command: list[str | Path] = [TOOLS / "celery", "--app", "portal", "worker", "--concurrency", str(processes)]
    return Child("worker", [*command, "--loglevel", "INFO", "--without-gossip", "--without-mingle"], known)


def clock(known: dict[str, str]) -> Child:
    """Start the clock."""
    command: list[str | Path] = [TOOLS / "celery", "--app", "portal", "beat", "--loglevel", "INFO", "--pidfile="]
    return Child("beat", [*command, "--schedule", FOLDER / "klok"], known)


def prepare(known: dict[str, str], owner: str) -> str:
    """
    Bring the database and the static files up to date; return the accounts to log in with.

    Only here `owner` is known: the address of who makes the tables.
    """
    command = [sys.executable, "manage.py", "prepare_demo"]
    quiet = known | {"LOG_LEVEL": "WARNING", "DATABASE_OWNER_URL": owner}
    done = subprocess.Popen(command, env=quiet, cwd=BASE, stdout=subprocess.PIPE, text=True)
    said = ""
    for line in done.stdout or []:
        if line.startswith("- "):
            say(f"  {line[2:].rstrip()}")
        else:
            said += line
    if done.wait():
        raise embedded.NotStarted("De database klaarzetten lukt niet; hierboven staat waarom.")
    return said


def answers(address: str) -> bool:
    """Say whether the web server gives pages."""
    with suppress(OSError), urllib.request.urlopen(f"{address}/gezondheid/leeft/", timeout=5) as response:  # noqa: S310
        return bool(response.status == 200)
    return False


def supervise(servers: list[embedded.Server], children: list[Child]) -> None:
    """Start again whatever dies, until we are asked to stop."""
    while not stopping.wait(0.5):
        for server in servers:
            if not server.alive():
                say(f"{type(server).__name__} was weg en start opnieuw.")
                server.stop()
                server.start()
        for child in children:
            if not child.alive():
                say(f"{child.name} was weg (code {child.process.returncode}) en start opnieuw; zie {child.log}.")
                child.restart()


def run() -> None:
    """Start everything, tell where it is, and stay until Ctrl-C."""
    began = time.monotonic()
    with ExitStack() as everything:
        everything.enter_context(only_one())
        tidy_logs()
        say("Machtigingsportaal: de demo start.")
        servers: list[embedded.Server] = []
        addresses = {name: os.environ.get(name, "") for name in ("DATABASE_URL", "REDIS_URL", "CLAMD_ADDRESS")}
        owner = os.environ.pop("DATABASE_OWNER_URL", "")
        if not addresses["DATABASE_URL"]:
            postgres = everything.enter_context(embedded.Postgres(FOLDER / "postgres"))
            addresses["DATABASE_URL"], owner = postgres.url, postgres.owner_url
            servers.append(postgres)
        if not addresses["REDIS_URL"]:
            redis = everything.enter_context(embedded.Redis(FOLDER / "redis"))
            addresses["REDIS_URL"] = redis.url
            servers.append(redis)
        if not addresses["CLAMD_ADDRESS"] and virus_scanner.binary():
            clamd = everything.enter_context(virus_scanner.Clamd(FOLDER / "clamd"))
            addresses |= {"CLAMD_ADDRESS": clamd.url, "CLAMD_SIGNATURES": "test"}
            servers.append(clamd)
        elif not addresses["CLAMD_ADDRESS"]:
            say(f"Er is geen virusscanner: bestanden worden alleen op inhoud bekeken. Met: {virus_scanner.APT_LINE}")
        port = embedded.free_port(int(os.environ.get("PORT", "8000")))
        known = environment(addresses, port)
        accounts = prepare(known, owner)
        if stopping.is_set():
            return
        children = parts(port, known)
        for child in children:
            everything.callback(child.stop)
        for child in children:
            everything.callback(child.ask_to_stop)
        everything.callback(
            say, "\nDe demo stopt. De gegevens blijven: make demo gaat verder, make demo-reset begint opnieuw."
        )
        for _ in range(120):
            if stopping.is_set() or answers(known["PORTAL_URL"]):
                break
            if not children[0].alive():
                children[0].restart()
            stopping.wait(0.25)
        if not stopping.is_set():
            say(f"\nHet portaal staat op {known['PORTAL_URL']} (na {time.monotonic() - began:.0f} s)\n")
            say(accounts)
            say(f"Mail en logboeken staan in {FOLDER}. Stoppen: Ctrl-C.")
        supervise(servers, children)


def stop(number: int, frame: FrameType | None) -> None:
    """Ask the loop to end; the way out stops everything in order."""
    stopping.set()


def main() -> int:
    """Run the demo; return the exit status."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        run()
    except embedded.NotStarted as error:
        say(f"\n{error}")
        return 0 if stopping.is_set() else 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
