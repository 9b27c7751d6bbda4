"""
A clamd that misbehaves in one way, as a process of its own: `python tests/papers/fake_clamd.py SOCKET WAY`.

It reads what is sent unless its way is not to, and then answers, or doesn't.
"""

import socket
import struct
import sys
import time

ANSWERS = {
    "ok": b"stream: OK\0",
    "virus": b"stream: Win.Test.Hier-1 FOUND\0",
    "limit": b"INSTREAM size limit exceeded. ERROR\0",
    "over_a_limit": b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0",
    "error": b"stream: Can't allocate memory ERROR\0",
    "empty": b"",
    "half": b"stream: OK",
    "newline": b"stream: OK\n",
    "padded": b" stream: OK\0",
    "lower": b"stream: ok\0",
    "other_file": b"/tmp/x: OK\0",
    "ok_and_more": b"stream: OK\0stream: OK\0",
    "ok_then_found": b"stream: OK\0stream: X FOUND\0",
    "web_page": b"HTTP/1.1 200 OK\r\n\r\nstream: OK\0",
    "garbage": bytes(range(256)),
    "endless": b"stream: OK" * 1000,
    "not_ours": b"stream: \xff\xfe FOUND",
}


def read_all(connection: socket.socket) -> None:
    """Read an INSTREAM to its end."""
    assert exactly(connection, 10) == b"zINSTREAM\0"
    while length := struct.unpack("!L", exactly(connection, 4))[0]:
        exactly(connection, length)


def exactly(connection: socket.socket, length: int) -> bytes:
    """Read so many bytes."""
    read = b""
    while len(read) < length:
        piece = connection.recv(length - len(read))
        if not piece:
            raise ConnectionError
        read += piece
    return read


def serve(connection: socket.socket, way: str) -> None:
    """Treat one caller in this way."""
    if way == "hangs":
        time.sleep(60)
    elif way == "reset":
        connection.recv(10)
        # Hang up with a reset rather than a goodbye.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    elif way in ("hangs_up_early_ok", "hangs_up_early_limit"):
        connection.recv(10)
        connection.sendall(ANSWERS["ok" if way.endswith("ok") else "limit"])
    elif way == "reads_and_hangs":
        read_all(connection)
        time.sleep(60)
    elif way == "drips":
        read_all(connection)
        for byte in b"stream: OK\0" * 20:
            time.sleep(0.2)
            connection.sendall(bytes([byte]))
    elif way == "slow_but_sure":
        read_all(connection)
        time.sleep(0.5)
        connection.sendall(ANSWERS["ok"])
    else:
        read_all(connection)
        connection.sendall(ANSWERS[way])


def main(address: str, way: str) -> None:
    """Listen, and treat every caller in this way."""
    family = socket.AF_UNIX if address.startswith("/") else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        host, _, port = address.rpartition(":")
        listening.bind(address if family == socket.AF_UNIX else (host, int(port)))
        listening.listen()
        print("ready", flush=True)
        while True:
            connection, _ = listening.accept()
            with connection:
                try:
                    serve(connection, way)
                except (OSError, AssertionError):
                    continue


if __name__ == "__main__":
    main(*sys.argv[1:])
