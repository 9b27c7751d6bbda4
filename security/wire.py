"""
The line to a browser, on this machine: `python -m security.wire`.

Requests whose end two servers could see in different places, over a bare socket through nginx to granian, and
handshakes with TLS of yesterday. The portal runs as in production, with deploy/nginx.conf (security/observatory.py).
"""

import re
import socket
import ssl
import sys
import tempfile
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

from portal import embedded
from security import figures, observatory

STILL = 10
"""Seconds without an answer after which none comes; who refuses closes the line at once."""


def hidden(host: bytes) -> bytes:
    """Return what stands behind the end of a request: a second answer shows that it was taken for a request."""
    return b"GET /privacy/ HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n" % host


def post(host: bytes, *headers: bytes, body: bytes) -> bytes:
    """Return a request with just these headers."""
    return b"\r\n".join([b"POST /inloggen/ HTTP/1.1", b"Host: " + host, *headers, b"", body])


def ambiguous(host: bytes) -> dict[str, bytes]:
    """Return requests that end here for one server and there for another; none of them is right."""
    behind = hidden(host)
    body = b"0\r\n\r\n" + behind
    whole, five, chunked = b"Content-Length: %d" % len(body), b"Content-Length: 5", b"Transfer-Encoding: chunked"
    return {
        "two lengths": post(host, five, whole, body=body),
        "two lengths in one": post(host, five + b", %d" % len(body), body=body),
        "length and chunks": post(host, whole, chunked, body=body),
        "chunks and length": post(host, chunked, whole, body=body),
        "a space before the colon": post(host, whole.replace(b":", b" :"), body=body),
        "chunks with a space before the colon": post(host, five, chunked.replace(b":", b" :"), body=body),
        "an unknown encoding": post(host, b"Transfer-Encoding: xchunked", body=body),
        "chunks that are not last": post(host, chunked + b", identity", body=body),
        "chunks of no size": post(host, chunked, body=b"zz\r\n" + behind),
        "chunks of a minus": post(host, chunked, body=b"-1\r\n" + behind),
        "a chunk longer than it says": post(host, chunked, body=b"3\r\nabcdef\r\n0\r\n\r\n" + behind),
        "a size that wraps": post(host, chunked, body=b"1" + b"0" * 16 + b"\r\n" + behind),
        "a length with a plus": post(host, b"Content-Length: +5", body=body),
        "a length with a minus": post(host, b"Content-Length: -5", body=body),
        "a length in hexadecimal": post(host, b"Content-Length: 0x5", body=body),
        "a header on two lines": post(host, b"X-A: b", b" " + whole, body=body),
        "a line end inside a header": post(host, b"X-A: b\r" + five, body=body),
        "a nul in a header": post(host, b"X-A: b\0c", body=body),
        "a nul in the length": post(host, five + b"\0", body=body),
    }


def answers(line: socket.socket, request: bytes) -> list[int]:
    """Return the status of every answer to these bytes, until the server closes or has been still for long."""
    answered = b""
    with closing(line):
        line.settimeout(STILL)
        line.sendall(request)
        try:
            while piece := line.recv(65536):
                answered += piece
        except (TimeoutError, ConnectionResetError):
            pass
    return [int(status) for status in re.findall(rb"HTTP/1\.[01] (\d{3})", answered)]


def old_too(context: ssl.SSLContext, newest: ssl.TLSVersion) -> None:
    """Let this side speak what nobody should any more; Python warns of that, and it is what is tried."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version, context.maximum_version = ssl.TLSVersion.MINIMUM_SUPPORTED, newest


def handshake(port: int, folder: Path, *, newest: ssl.TLSVersion, suites: str = "ALL:@SECLEVEL=0") -> socket.socket:
    """Return a closed line to nginx, as a browser would get it that knows no more than this."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(folder / "ca.pem")
    old_too(context, newest)
    context.set_ciphers(suites)
    return context.wrap_socket(
        socket.create_connection(("127.0.0.1", port), timeout=10), server_hostname=observatory.NAME
    )


OLD: dict[str, dict[str, Any]] = {
    "TLS 1.0": {"newest": ssl.TLSVersion.TLSv1},
    "TLS 1.1": {"newest": ssl.TLSVersion.TLSv1_1},
    "zonder vluchtige sleutel": {"newest": ssl.TLSVersion.TLSv1_2, "suites": "kRSA:@SECLEVEL=0"},
    "CBC": {"newest": ssl.TLSVersion.TLSv1_2, "suites": "ECDHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA:@SECLEVEL=0"},
    "zonder certificaat": {"newest": ssl.TLSVersion.TLSv1_2, "suites": "aNULL:@SECLEVEL=0"},
}
NEW: dict[str, dict[str, Any]] = {
    "TLS 1.2": {"newest": ssl.TLSVersion.TLSv1_2, "suites": "ECDHE-RSA-AES128-GCM-SHA256"},
    "TLS 1.3": {"newest": ssl.TLSVersion.TLSv1_3, "suites": "DEFAULT"},
}


def opens(port: int, folder: Path, **words: Any) -> bool:
    """Tell whether nginx agrees to a line like this."""
    try:
        handshake(port, folder, **words).close()
    except (ssl.SSLError, ConnectionResetError):
        return False
    return True


def main() -> int:
    """Start everything, send, and print; return the exit status."""
    ports = {name: embedded.free_port() for name in ("web", "http", "https")}
    with tempfile.TemporaryDirectory(prefix="portaal-") as made:
        folder, host = Path(made), observatory.NAME.encode()
        folder.chmod(0o755)
        observatory.certificate(folder)
        with observatory.portal(folder, ports):

            def asked(request: bytes) -> list[int]:
                return answers(handshake(ports["https"], folder, newest=ssl.TLSVersion.TLSv1_3), request)

            clear = asked(post(host, b"Content-Length: 5", body=b"abcde") + hidden(host))
            found = {name: asked(request) for name, request in ambiguous(host).items()}
            old = [name for name, words in OLD.items() if opens(ports["https"], folder, **words)]
            new = [name for name, words in NEW.items() if opens(ports["https"], folder, **words)]
    for name, statuses in found.items():
        print(f"  {name:40} {statuses}")
    wrong = [name for name, statuses in found.items() if len(statuses) != 1 or not 400 <= statuses[0] <= 501]
    told = [
        figures.tell("antwoorden op twee duidelijke verzoeken", len(clear), target=2, at_least=True),
        figures.tell("verzoeken met twee einden, niet eenmaal geweigerd", len(wrong), target=0),
        figures.tell("TLS van gisteren die nginx aanneemt", len(old), target=0),
        figures.tell("TLS van nu die nginx aanneemt", len(new), target=len(NEW), at_least=True),
    ]
    return 0 if all(figure.met for figure in told) else 1


if __name__ == "__main__":
    sys.exit(main())
