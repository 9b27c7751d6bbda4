"""Mail goes once; when nobody can tell whether it went, a person hears that."""

import email
import email.policy
import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend

from papers import queries
from papers.delivery import mail
from papers.domain import work
from papers.domain.states import MailState
from papers.models import Mail
from papers.services import mail as services
from tests.papers.rows import mail as row

pytestmark = pytest.mark.django_db
KEY = "besluit:17"


class Killed(BaseException):
    """What kill -9 is to a worker, as far as a test can play it."""


@pytest.fixture
def queued(now) -> Mail:
    services.queue(
        to=["sanne@voorbeeld.nl", "noor@voorbeeld.nl", "sanne@voorbeeld.nl", " "],
        subject="Er is een besluit\r\nBcc: iedereen@voorbeeld.nl",
        body="Bekijk het in het portaal.",
        key=KEY,
        now=now,
    )
    return queries.mail_with_key(KEY)


def state() -> Mail:
    return queries.mail_with_key(KEY)


def breaks(monkeypatch, error: BaseException, *, after: bool = False, opening: bool = False) -> None:
    """Let the mail server fail at one moment."""

    def send(self, messages, deliver=EmailBackend.send_messages):
        if after:
            deliver(self, messages)
        raise error

    def no_connection(self):
        raise error

    name, replacement = ("open", no_connection) if opening else ("send_messages", send)
    monkeypatch.setattr(EmailBackend, name, replacement)


@pytest.mark.asvs("1.3.11")
def test_it_is_sent(queued, now):
    assert mail.send_next(now=now + timedelta(seconds=2))
    (message,) = outbox.outbox
    assert message.to == ["noor@voorbeeld.nl", "sanne@voorbeeld.nl"]
    assert message.subject == "Er is een besluit Bcc: iedereen@voorbeeld.nl", "one line, so one header"
    assert message.body == "Bekijk het in het portaal."
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    sent = state()
    assert (sent.state, sent.sent_at, sent.attempts) == (MailState.SENT.value, now + timedelta(seconds=2), 0)
    assert not mail.send_next(now=now + timedelta(days=1))
    assert len(outbox.outbox) == 1


LINE_ENDS = ["\r\n", "\n", "\r", "\n ", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "%0d%0a"]


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize("end", LINE_ENDS)
def test_a_line_end_adds_no_header_and_nobody_to_write_to(now, end):
    more = f"{end}Bcc: iedereen@voorbeeld.nl{end}X-Eigen: ja{end}{end}Een andere tekst"
    services.queue(to=["sanne@voorbeeld.nl"], subject=f"Vraag van Jan{more}", body=f"Beste Jan{more}", key=KEY, now=now)
    mail.send_next(now=now)
    (sent,) = outbox.outbox
    assert sent.recipients() == ["sanne@voorbeeld.nl"]
    read = email.message_from_bytes(sent.message().as_bytes(), policy=email.policy.default)
    assert {name.lower() for name in read} == {
        *("content-type", "content-transfer-encoding", "mime-version", "subject", "from", "to", "date"),
        *("message-id", "auto-submitted"),
    }
    assert len(read.get_all("subject")) == 1 and "Vraag van Jan" in read["subject"]


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_a_line_end_in_an_address_sends_nothing(now, end):
    services.queue(to=[f"a@voorbeeld.nl{end}Bcc: b@voorbeeld.nl"], subject="x", body="x", key=KEY, now=now)
    mail.send_next(now=now)
    assert outbox.outbox == []
    assert (state().state, state().last_error) == (MailState.READY.value, "BadHeaderError")


def test_the_same_key_is_the_same_mail(queued, now):
    services.queue(to=["ander@voorbeeld.nl"], subject="Nog eens", body="x", key=KEY, now=now + timedelta(days=1))
    assert Mail.objects.count() == 1
    mail.send_next(now=now)
    services.queue(to=["ander@voorbeeld.nl"], subject="Nog eens", body="x", key=KEY, now=now + timedelta(days=1))
    assert not mail.send_next(now=now + timedelta(days=1)), "also when it has gone"


def test_nobody_to_write_to_is_no_error(now):
    services.queue(to=[], subject="x", body="x", key="a", now=now)
    services.queue(to=["", "  "], subject="x", body="x", key="b", now=now)
    assert not Mail.objects.exists()


def test_the_message_id_follows_from_the_key(now, settings):
    settings.DEFAULT_FROM_EMAIL = "Portaal <portaal@machtigingen.example>"
    first, again, other = (mail.message(row(now, key=key)) for key in ("a", "b", "c"))
    again = mail.message(Mail(to=first.to, subject="x", body="y", key="a"))
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"] != other.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"].endswith("@machtigingen.example>")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (smtplib.SMTPDataError(452, b"Patient Jansen: mailbox full"), "SMTPDataError 452"),
        (smtplib.SMTPSenderRefused(550, b"no", "x@voorbeeld.nl"), "SMTPSenderRefused 550"),
        (smtplib.SMTPRecipientsRefused({"x@voorbeeld.nl": (550, b"no")}), "SMTPRecipientsRefused"),
    ],
)
def test_a_server_that_says_no_is_asked_again_later(queued, now, monkeypatch, error, reason):
    with monkeypatch.context() as broken:
        breaks(broken, error)
        assert mail.send_next(now=now)
    left = state()
    assert (left.state, left.last_error, left.attempts) == (MailState.READY.value, reason, 1)
    assert not mail.send_next(now=now + timedelta(seconds=5))
    assert mail.send_next(now=now + work.pause(1))
    assert state().state == MailState.SENT.value
    assert len(outbox.outbox) == 1


def test_a_server_that_is_away_all_night_ends_with_a_person(queued, now, monkeypatch):
    breaks(monkeypatch, ConnectionRefusedError(), opening=True)
    moment = now
    for _ in range(30):
        mail.send_next(now=moment)
        moment += timedelta(hours=1)
    left = state()
    assert (left.state, left.attempts, left.last_error) == ("ready", work.TRIES, "ConnectionRefusedError")
    assert left.gave_up_at
    assert [stuck.uncertain for stuck in queries.stuck_work()] == [False]


@pytest.mark.parametrize("after", [True, False])
@pytest.mark.parametrize("error", [TimeoutError(), smtplib.SMTPServerDisconnected("weg"), ConnectionResetError()])
def test_a_connection_that_breaks_halfway_is_uncertain_and_never_sent_again(queued, now, monkeypatch, error, after):
    with monkeypatch.context() as broken:
        breaks(broken, error, after=after)
        assert mail.send_next(now=now)
    for days in range(3):
        assert not mail.send_next(now=now + timedelta(days=days))
    assert len(outbox.outbox) == after
    assert (state().state, state().last_error) == (MailState.UNCERTAIN.value, type(error).__name__)
    (stuck,) = queries.stuck_work()
    assert (stuck.id, stuck.uncertain) == (str(queued.pk), True)


@pytest.mark.parametrize("after", [True, False])
def test_a_worker_killed_while_sending_leaves_a_question_for_a_person(queued, now, monkeypatch, after):
    with monkeypatch.context() as broken:
        breaks(broken, Killed(), after=after)
        with pytest.raises(Killed):
            mail.send_next(now=now)
    assert state().state == MailState.SENDING.value
    assert not mail.send_next(now=now + timedelta(minutes=1)), "perhaps it is still at it"
    assert not mail.send_next(now=now + mail.LEASE)
    assert (state().state, state().last_error) == (MailState.UNCERTAIN.value, "onderbroken")
    assert len(outbox.outbox) == after


def test_a_database_that_fails_after_sending_does_not_send_twice(queued, now, monkeypatch):
    from django.db import OperationalError

    real = mail.queries.mail_in

    class Fails:
        def __init__(self, rows):
            self.rows = rows

        def __getattr__(self, name):
            return getattr(self.rows, name)

        def filter(self, **which):
            return Fails(self.rows.filter(**which))

        def update(self, **values):
            if values.get("state") == MailState.SENT.value:
                raise OperationalError
            return self.rows.update(**values)

    with monkeypatch.context() as broken:
        broken.setattr(mail.queries, "mail_in", lambda state: Fails(real(state)))
        mail.send_next(now=now)
    assert len(outbox.outbox) == 1
    assert state().state == MailState.UNCERTAIN.value
    assert not mail.send_next(now=now + timedelta(days=1))


def test_a_message_that_cannot_be_made_was_surely_not_sent(now):
    row(now, to=["geen adres\nmet een regel"], key=KEY)
    mail.send_next(now=now)
    assert (state().state, state().last_error) == (MailState.READY.value, "BadHeaderError")
    assert outbox.outbox == []


def test_a_person_says_that_it_arrived(now):
    uncertain = row(now, key=KEY, state=MailState.UNCERTAIN.value)
    services.accept_as_sent(mail_id=uncertain.pk, now=now)
    assert (state().state, state().sent_at) == (MailState.SENT.value, now)
    with pytest.raises(services.NotAllowed):
        services.accept_as_sent(mail_id=uncertain.pk, now=now)


def test_one_mail_that_fails_does_not_hold_up_the_others(now):
    row(now, to=["a\nb"])
    row(now + timedelta(seconds=1))
    while mail.send_next(now=now + timedelta(seconds=1)):
        pass
    assert len(outbox.outbox) == 1
