"""What the test house promises to every test."""

import os
import socket
import urllib.request

import psycopg
import pytest
from django.db import connection
from django.template import engines

from tests.conftest import NetworkUsed


def test_no_test_reaches_another_machine():
    with pytest.raises(NetworkUsed):
        urllib.request.urlopen("http://example.com")
    with pytest.raises(NetworkUsed), socket.socket() as stranger:
        stranger.connect(("192.0.2.1", 80))


def test_an_undefined_template_variable_fails():
    with pytest.raises(pytest.fail.Exception, match="misspelled"):
        engines["django"].from_string("{{ misspelled }}").render({})


@pytest.mark.django_db(transaction=True)
def test_a_child_process_sees_the_database_of_the_test(child_environment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = cursor.fetchone()
    with psycopg.connect(child_environment["DATABASE_URL"]) as child:
        assert child.execute("SELECT current_database()").fetchone() == name
    assert child_environment["DATABASE_URL"] != os.environ["DATABASE_URL"]
