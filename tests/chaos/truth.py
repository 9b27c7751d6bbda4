"""Compare what clients were told with the database and the disk, without any code of the portal."""

import hashlib
import re
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from tests.chaos.ledger import Ledger

REQUEST = "authorizations_authorizationrequest"
STATUS = {
    "Toegekend": "granted",
    "Gedeeltelijk toegekend": "partly_granted",
    "Afgewezen": "denied",
    "Ingetrokken": "withdrawn",
}
UNDONE = """
    SELECT 'brief' AS kind, id::text, attempts, last_error FROM papers_letter WHERE issued_at IS NULL
    UNION ALL SELECT 'bestand', id::text, attempts, last_error FROM papers_file
        WHERE state <> 'refused' AND pages_made_at IS NULL
    UNION ALL SELECT 'mail ' || state, id::text, attempts, last_error FROM papers_mail
        WHERE state NOT IN ('sent', 'uncertain')
"""
LET_PAUSES_PASS = """
    UPDATE papers_letter SET next_attempt_at = now() WHERE issued_at IS NULL AND next_attempt_at > now();
    UPDATE papers_file SET next_attempt_at = now() WHERE pages_made_at IS NULL AND next_attempt_at > now();
    UPDATE papers_mail SET next_attempt_at = now() WHERE state IN ('ready', 'sending') AND next_attempt_at > now();
"""


class Truth:
    """What is in the database, and what stands on the disk."""

    def __init__(self, connection: psycopg.Connection, data: Path) -> None:
        self.connection, self.data = connection, data
        self.found: list[str] = []

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """Return what a query finds."""
        with self.connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(sql, values).fetchall()

    def wrong(self, condition: bool, words: str) -> None:
        """Keep what isn't as it was told."""
        if condition:
            self.found.append(words)

    def undone(self) -> list[dict[str, Any]]:
        """Return the work that still waits."""
        return self.rows(UNDONE)

    def let_pauses_pass(self) -> None:
        """
        Let the moment come at which work may be tried again, without waiting for it.

        A pause doubles up to an hour, and a mail that was interrupted is set apart after five minutes.
        """
        self.connection.execute(LET_PAUSES_PASS)

    def differs_from(self, ledger: Ledger) -> list[str]:
        """Return everything that is lost, double or other than somebody was told."""
        self.requests = {row["reference"]: row for row in self.rows(f"SELECT * FROM {REQUEST}")}
        self.filings(ledger)
        self.decisions(ledger)
        self.uploads(ledger)
        self.letters()
        self.mail(ledger)
        return self.found

    def filings(self, ledger: Ledger) -> None:
        told = Counter(line["reference"] for line in ledger.of("filed"))
        submitted = self.events("submit")
        receipts = self.letters_by("receipt")
        for reference in told:
            filed = self.requests.get(reference)
            self.wrong(not filed or filed["submitted_at"] is None, f"{reference}: ingediend, en niet bewaard")
        for reference, request in self.requests.items():
            filed = int(request["submitted_at"] is not None)
            self.wrong(submitted[reference] != filed, f"{reference}: {submitted[reference]} keer ingediend")
            self.wrong(receipts[reference] != filed, f"{reference}: {receipts[reference]} ontvangstbevestigingen")
        holders = {line["reference"]: line["by"] for line in ledger.of("claimed")}
        names = {row["id"]: row["email"] for row in self.rows("SELECT id, email FROM accounts_user")}
        for reference, holder in holders.items():
            is_now = names.get(self.requests[reference]["assigned_to_id"])
            self.wrong(is_now != holder, f"{reference}: opgepakt door {holder}, en van {is_now}")
        claims = self.events("claim")
        self.wrong(any(number > 1 for number in claims.values()), f"twee keer opgepakt: {claims.most_common(1)}")

    def decisions(self, ledger: Ledger) -> None:
        for line in ledger.of("decided", "withdrawn"):
            told = STATUS.get(line.get("status", "Ingetrokken"), line.get("status"))
            status = self.requests[line["reference"]]["status"]
            self.wrong(status != told, f"{line['reference']}: verteld {told}, en het is {status}")
        proposed = {line["reference"] for line in ledger.of("proposed")}
        standing = ("second_review", "denied", "withdrawn")
        for reference in proposed:
            status = self.requests[reference]["status"]
            self.wrong(status not in standing, f"{reference}: voorgesteld, en het is {status}")
        final = self.by_request("authorizations_decision WHERE final_at IS NOT NULL")
        grants = self.by_request("authorizations_grant WHERE true")
        outcomes = {name: self.letters_by(name) for name in ("granted", "partly_granted", "denied")}
        for reference, request in self.requests.items():
            is_final = int(request["status"] in outcomes)
            is_granted = int(request["status"] in ("granted", "partly_granted"))
            self.wrong(final[reference] != is_final, f"{reference}: {final[reference]} besluiten")
            self.wrong(grants[reference] != is_granted, f"{reference}: {grants[reference]} machtigingen")
            for name, letters in outcomes.items():
                due = 2 if request["status"] == name else 0
                self.wrong(letters[reference] != due, f"{reference}: {letters[reference]} brieven {name}")

    def uploads(self, ledger: Ledger) -> None:
        sql = f"""
            SELECT r.reference, f.sha256, f.id FROM authorizations_document d
            JOIN papers_file f ON f.id = d.file_id JOIN {REQUEST} r ON r.id = d.authorization_id
        """
        kept = {(row["reference"], row["sha256"]): row["id"] for row in self.rows(sql)}
        for line in ledger.of("uploaded"):
            identity = kept.get((line["reference"], line["sha256"]))
            self.wrong(identity is None, f"{line['reference']}: een document is kwijt")
            if identity:
                place = self.data / "files" / "files" / identity.hex[:2] / str(identity)
                self.wrong(sha256(place) != line["sha256"], f"{line['reference']}: een document is niet heel")

    def letters(self) -> None:
        """Each letter was issued once, stands whole on the disk, and belongs to one request."""
        sql = """
            SELECT l.*, count(r.id) AS owners, count(i.id) FILTER (WHERE r.addressee = 'insured') AS posted,
                bool_or(r.addressee = 'insured') AS for_insured
            FROM papers_letter l LEFT JOIN authorizations_requestletter r ON r.letter_id = l.id
            LEFT JOIN papers_printitem i ON i.letter_id = l.id GROUP BY l.id
        """
        letters = self.rows(sql)
        for letter in letters:
            name = f"brief {letter['reference']}"
            self.wrong(letter["owners"] != 1, f"{name}: van {letter['owners']} aanvragen")
            self.wrong(letter["issued_at"] is None, f"{name}: nooit gemaakt")
            if letter["issued_at"]:
                place = self.data / "files" / letter["pdf"]
                self.wrong(sha256(place) != letter["sha256"], f"{name}: de pdf is er niet of is anders")
                self.wrong(place.exists() and not place.read_bytes().startswith(b"%PDF-"), f"{name}: geen pdf")
            due = int(bool(letter["for_insured"]))
            self.wrong(letter["posted"] != due, f"{name}: {letter['posted']} keer per post")
        on_disk = len(list((self.data / "files" / "letters").rglob("*.pdf")))
        self.wrong(on_disk != len(letters), f"{on_disk} brieven op schijf, {len(letters)} in de database")

    def mail(self, ledger: Ledger) -> None:
        """A mail that was sent went once; of one that is uncertain nobody says more than that."""
        went = Counter(
            found
            for log in (self.data / "mail").glob("*")
            for found in re.findall(r"^Message-ID: <([0-9a-f]{40})@", log.read_text(), re.MULTILINE)
        )
        mails = self.rows("SELECT * FROM papers_mail")
        for mail in mails:
            times = went.pop(hashlib.sha256(mail["key"].encode()).hexdigest()[:40], 0)
            self.wrong(times > 1, f"mail {mail['id']} ({mail['state']}) ging {times} keer uit")
            self.wrong(mail["state"] == "sent" and times != 1, f"mail {mail['id']} zou verstuurd zijn, {times} keer")
            self.wrong(mail["state"] not in ("sent", "uncertain"), f"mail {mail['id']} is nog {mail['state']}")
        self.wrong(bool(went), f"{len(went)} mails die niemand beloofde")
        keys = {mail["key"] for mail in mails}
        for line in ledger.of("filed"):
            key = f"received:{line['reference']}:received"
            self.wrong(key not in keys, f"{line['reference']}: nooit bericht van ontvangst")

    # -- counting ------------------------------------------------------------------------------------------------

    def events(self, move: str) -> Counter[str]:
        return self.counted(f"SELECT authorization_id AS id FROM authorizations_statusevent WHERE move = '{move}'")

    def letters_by(self, kind: str) -> Counter[str]:
        return self.by_request(f"authorizations_requestletter WHERE kind = '{kind}'")

    def by_request(self, table: str) -> Counter[str]:
        return self.counted(f"SELECT authorization_id AS id FROM {table}")

    def counted(self, sql: str) -> Counter[str]:
        names = {request["id"]: reference for reference, request in self.requests.items()}
        return Counter(names[row["id"]] for row in self.rows(sql))


def sha256(place: Path) -> str:
    """Return the fingerprint of a file, or nothing when there is none."""
    return hashlib.sha256(place.read_bytes()).hexdigest() if place.is_file() else ""
