"""What leaves this machine is closed to others, and whoever answers has to prove who it is."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import kombu
import psycopg
import pytest
import redis
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from portal import tls
from tests.portal.test_settings import start

FULL = "postgresql://a@db.example/p?sslmode=verify-full"
REDIS = "rediss://:x@redis.example:6379/0?ssl_cert_reqs=required"


@pytest.mark.asvs("12.3.1")
@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"DATABASE_URL": "postgresql://a@db.example/p"}, "DATABASE_URL leidt zonder TLS naar db.example"),
        ({"DATABASE_URL": "postgresql://a@db.example/p?sslmode=require"}, "sslmode=verify-full"),
        ({"DATABASE_OWNER_URL": "postgresql://a@db.example/p"}, "DATABASE_OWNER_URL leidt zonder TLS"),
        ({"REDIS_URL": "redis://redis.example/0"}, "REDIS_URL leidt zonder TLS naar redis.example"),
        ({"REDIS_URL": "rediss://redis.example/0?ssl_cert_reqs=none"}, "ssl_cert_reqs=required"),
        ({"EMAIL_HOST": "smtp.example"}, "EMAIL_HOST is smtp.example, zonder TLS"),
        ({"CLAMD_ADDRESS": "scanner.example:3310"}, "clamd kent geen TLS"),
        ({"PLAIN_HOSTS": ""}, "noem clamav in PLAIN_HOSTS"),
    ],
)
def test_production_does_not_start_on_a_line_that_others_can_read(changed, told):
    refused = start(**changed)
    assert refused.returncode != 0
    assert told in refused.stderr


@pytest.mark.asvs("12.3.1")
@pytest.mark.parametrize(
    "changed",
    [
        {"DATABASE_URL": "postgresql:///p?host=/run/postgresql", "REDIS_URL": "redis://127.0.0.1/0"},
        {"DATABASE_URL": "postgresql://a@localhost/p", "CLAMD_ADDRESS": "/run/clamd.ctl"},
        {"EMAIL_HOST": "smtp.example", "EMAIL_USE_TLS": "1"},
        {"PLAIN_HOSTS": "db clamav", "DATABASE_URL": "postgresql://a@db/p"},
    ],
)
def test_it_starts_when_the_line_is_closed_or_stays_here(changed):
    started = start(**changed)
    assert started.returncode == 0, started.stderr


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://a@localhost/p?host=db.example",
        "postgresql://a@localhost/p?hostaddr=203.0.113.5",
        "postgresql:///p?host=/run/postgresql,db.example",
        "postgresql://a@db.example/p?sslmode=disable&sslmode=verify-full",
        "postgresql://a@DB.example/p?sslmode=prefer",
    ],
)
def test_no_way_round_by_another_way_to_say_where(url):
    with pytest.raises(ImproperlyConfigured, match="verify-full"):
        tls.demand(tls.database("DATABASE_URL", url, ["db"]))


def test_not_looking_at_the_name_is_refused():
    assert list(tls.redis("REDIS_URL", f"{REDIS}&ssl_check_hostname=false", []))
    assert not list(tls.redis("REDIS_URL", REDIS, []))


# -- what nginx is told ------------------------------------------------------------------------------------------------


def told_to_nginx(name: str) -> str:
    text = Path(settings.BASE_DIR, "deploy", "nginx.conf").read_text()
    (words,) = re.findall(rf"^\s*{name} ([^;]+);", text, re.MULTILINE)
    return words


@pytest.mark.asvs("12.1.1")
def test_nginx_speaks_the_tls_of_today_alone():
    assert told_to_nginx("ssl_protocols").split() == ["TLSv1.2", "TLSv1.3"]
    assert told_to_nginx("ssl_session_tickets") == "off"
    text = Path(settings.BASE_DIR, "deploy", "nginx.conf").read_text()
    listening = re.findall(r"listen (\d+)(.*);", text)
    assert listening == [("8080", ""), ("8443", " ssl")]
    assert re.search(r"listen 8080;\s+return 301 https://\$host\$request_uri;\s+}", text), "and nothing else there"


@pytest.mark.asvs("12.1.2")
def test_every_suite_keeps_yesterday_closed_when_a_key_is_lost():
    """By OpenSSL's own reading of the list: ephemeral keys, AEAD, nothing weaker."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(told_to_nginx("ssl_ciphers"))
    suites = [one for one in context.get_ciphers() if one["protocol"] != "TLSv1.3"]
    assert len(suites) == len(told_to_nginx("ssl_ciphers").split(":")) == 6
    assert all(one["kea"] == "kx-ecdhe" and one["aead"] and one["strength_bits"] >= 128 for one in suites)


# -- a server of somebody else, with a certificate that nobody vouches for, or for another name ------------------------


def authority() -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    key = ec.generate_private_key(ec.SECP256R1())
    return key, signed(x509.Name([]), key, x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Proef")]), key, [])


def signed(subject, key, issuer, by, names) -> x509.Certificate:  # type: ignore[no-untyped-def]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject if names else issuer)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not names, path_length=None), critical=True)
    )
    if names:
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return made.sign(by, hashes.SHA256())


@pytest.fixture
def impostor(tmp_path: Path) -> Iterator[Callable[..., tuple[int, Path, list[str]]]]:
    """Start a server that takes TLS, as PostgreSQL or Redis does, and keeps what it hears after that."""
    running: list[socket.socket] = []

    def serve(*names: x509.GeneralName) -> tuple[int, Path, list[str]]:
        key, issuer = authority()
        own = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "dief")])
        certificate = signed(subject, own, issuer.subject, key, list(names))
        pem = serialization.Encoding.PEM
        (tmp_path / "ca.pem").write_bytes(issuer.public_bytes(pem))
        (tmp_path / "own.pem").write_bytes(
            own.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
            + certificate.public_bytes(pem)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tmp_path / "own.pem")
        listening = socket.create_server(("127.0.0.1", 0))
        running.append(listening)
        heard: list[str] = []

        def take() -> None:
            with suppress(OSError):
                while True:
                    line, _ = listening.accept()
                    with line, suppress(OSError):
                        line.settimeout(5)
                        if line.recv(1, socket.MSG_PEEK) == b"\0":  # PostgreSQL asks for TLS before it begins
                            line.recv(8)
                            line.sendall(b"S")
                        with context.wrap_socket(line, server_side=True) as closed:
                            heard.append(closed.recv(1000).decode(errors="replace"))

        threading.Thread(target=take, daemon=True).start()
        return listening.getsockname()[1], tmp_path / "ca.pem", heard

    yield serve
    for listening in running:
        listening.close()


OTHER, HERE = x509.DNSName("ander.example"), x509.IPAddress(ip_address("127.0.0.1"))


@pytest.mark.asvs("12.3.1")
@pytest.mark.parametrize(("known", "name"), [(False, HERE), (True, OTHER)])
def test_a_server_that_can_not_prove_who_it_is_hears_nothing(impostor, tmp_path, known, name):
    port, vouches, heard = impostor(name)
    another = tmp_path / "other.pem"
    another.write_bytes(authority()[1].public_bytes(serialization.Encoding.PEM))
    trusted = vouches if known else another
    there = f"rediss://:geheim@127.0.0.1:{port}/0?ssl_cert_reqs=required&ssl_ca_certs={trusted}"
    assert not list(tls.redis("REDIS_URL", there.replace("127.0.0.1", "far.example"), []))
    with pytest.raises(redis.ConnectionError, match="CERTIFICATE_VERIFY_FAILED"), redis.Redis.from_url(there) as bells:
        bells.ping()
    with kombu.Connection(there) as broker, pytest.raises(kombu.exceptions.OperationalError, match="CERTIFICATE"):
        broker.ensure_connection(max_retries=1, interval_start=0, reraise_as_library_errors=True)
        broker.default_channel.client.ping()
    database = f"postgresql://a:geheim@127.0.0.1:{port}/p?sslmode=verify-full&sslrootcert={trusted}"
    assert not list(tls.database("DATABASE_URL", database.replace("127.0.0.1", "far.example"), []))
    with pytest.raises(psycopg.OperationalError, match="certificate|SSL error"):
        psycopg.connect(database, connect_timeout=5)
    assert "".join(heard) == ""


def test_a_server_that_proves_it_is_heard(impostor):
    """So that the silence above means something."""
    port, vouches, heard = impostor(HERE)
    there = f"rediss://:geheim@127.0.0.1:{port}/0?ssl_cert_reqs=required&ssl_ca_certs={vouches}"
    with pytest.raises(redis.ConnectionError), redis.Redis.from_url(there) as bells:
        bells.ping()
    assert "geheim" in "".join(heard)
