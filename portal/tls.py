"""
Which connections must be closed to others: all that leave this machine. Bron: ASVS 5.0, 12.3.1.

A server on this machine is reached by a socket or the loopback address. Every other one proves who it is, unless the
installation names it in PLAIN_HOSTS: then it stands on a network of its own that leads nowhere (docker-compose.yml).
"""

from collections.abc import Collection, Iterable, Iterator
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ImproperlyConfigured

LOOPBACK = {"", "localhost", "127.0.0.1", "::1"}
EXCEPT = "of noem {host} in PLAIN_HOSTS als het op een eigen netwerk staat waar niemand anders bij kan."


def demand(problems: Iterable[str]) -> None:
    """Refuse to start with a connection that others could read along."""
    if found := list(problems):
        raise ImproperlyConfigured("\n".join(found))


def database(name: str, url: str, plain: Collection[str]) -> Iterator[str]:
    """Tell what is wrong with an address of PostgreSQL: `verify-full` alone also looks who answers."""
    parts = urlsplit(url)
    options = {key: values[0] for key, values in parse_qs(parts.query).items()}
    hosts = ",".join(options.get(key, "") for key in ("host", "hostaddr")).strip(",") or parts.hostname or ""
    for host in _far(hosts.split(","), plain):
        if options.get("sslmode") != "verify-full":
            yield f"{name} leidt zonder TLS naar {host}. Zet er ?sslmode=verify-full&sslrootcert=… achter, " + (
                EXCEPT.format(host=host)
            )


def redis(name: str, url: str, plain: Collection[str]) -> Iterator[str]:
    """Tell what is wrong with an address of Redis."""
    parts = urlsplit(url)
    options = parse_qs(parts.query)
    closed = parts.scheme == "rediss" and options.get("ssl_cert_reqs") == ["required"]
    # redis-py looks at the name by itself, but can be told not to.
    if not closed or "false" in str(options.get("ssl_check_hostname", "")).lower():
        for host in _far([parts.hostname or ""], plain):
            yield f"{name} leidt zonder TLS naar {host}. Maak er rediss://…?ssl_cert_reqs=required van, " + (
                EXCEPT.format(host=host)
            )


def mail(host: str, closed: bool, plain: Collection[str]) -> Iterator[str]:
    """Tell what is wrong with the way to the mail server."""
    if not closed:
        for far in _far([host], plain):
            yield f"EMAIL_HOST is {far}, zonder TLS. Zet EMAIL_USE_TLS=1, {EXCEPT.format(host=far)}"


def scanner(address: str, plain: Collection[str]) -> Iterator[str]:
    """Tell what is wrong with the way to the virus scanner, which doesn't know TLS and gets every file."""
    for host in _far([address if address.startswith("/") else address.rpartition(":")[0]], plain):
        yield (
            f"CLAMD_ADDRESS leidt naar {host}, en clamd kent geen TLS. Gebruik een socket, een tunnel op deze machine, "
            f"{EXCEPT.format(host=host)}"
        )


def _far(hosts: Iterable[str], plain: Collection[str]) -> Iterator[str]:
    yield from (host for host in hosts if host not in LOOPBACK and host not in plain and not host.startswith("/"))
