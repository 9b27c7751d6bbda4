"""
Requests whose end two servers could see in different places: the web server of production refuses them, once.

Over a bare socket, for no client would send these. `python -m security.wire` sends them through nginx too.
"""

import socket
import time
from collections.abc import Iterator

import pytest

from portal import demo, embedded
from security import wire
from tests import children

pytestmark = pytest.mark.django_db(transaction=True)
HOST = b"localhost"
AMBIGUOUS = wire.ambiguous(HOST)


@pytest.fixture(scope="module")
def port(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """Start granian as the Dockerfile does, on the database of the tests."""
    port = embedded.free_port()
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(demo, "LOGS", tmp_path_factory.mktemp("logs"))
        web = demo.web(port, children.environment() | {"PORTAL_ENV": "test"})
    try:
        end = time.monotonic() + 60
        while not demo.answers(f"http://127.0.0.1:{port}"):
            assert web.alive() and time.monotonic() < end, web.log.read_text()
            time.sleep(0.2)
        yield port
    finally:
        web.kill()


def said(port: int, request: bytes) -> list[int]:
    return wire.answers(socket.create_connection(("127.0.0.1", port), timeout=10), request)


@pytest.mark.asvs("4.2.1")
@pytest.mark.parametrize("name", AMBIGUOUS)
def test_a_request_with_two_ends_has_one_answer_which_is_no(port, name):
    assert said(port, AMBIGUOUS[name]) == [400]


def test_two_requests_have_two_answers(port):
    """So that one answer above means something: what stands behind the end is asked when the end is clear."""
    assert said(port, wire.post(HOST, b"Content-Length: 5", body=b"abcde") + wire.hidden(HOST)) == [403, 200]


@pytest.mark.asvs("4.2.1")
def test_a_body_in_pieces_is_refused_by_the_portal_itself(client):
    answer = client.post("/inloggen/", {"login": "x"}, headers={"Transfer-Encoding": "chunked"})
    assert (answer.status_code, answer["Connection"]) == (400, "close")
