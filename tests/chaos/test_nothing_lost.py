"""
Nothing that people were told is lost or doubled, whatever dies.

The real web server, worker and clock run on PostgreSQL and Redis of their own. Providers file and withdraw, advisors
take, judge, decide and confirm, over HTTP. Meanwhile everything but PostgreSQL is killed by process id at random, and
Redis is emptied or away for seconds. What clients were told goes into a ledger outside the portal, on disk before
they go on. At the end every work row must come to rest, and ledger, database and disk must tell the same.

The last filing and the last decision are made while Redis is away, and Redis comes back empty: their bells are lost
for sure, so that only a portal in which the rows are the truth can pass. Tried against portals that are worse; it
failed with each of them, each time it was run:

- the clock rings no bell for rows left behind: letters, mails and pages are never made;
- `render_letters` makes only the letter whose number stands in its message: letters are never made;
- `bell.ring` lets the error of a broker that is away come through: 500 for whoever files without Redis.

    CHAOS_SECONDS=170 CHAOS_SEED=… pytest tests/chaos

"""

import os
import random
import secrets
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal import demo
from portal.world.people import PASSWORD
from tests.chaos.browser import Browser
from tests.chaos.clients import Advisor, Client, Provider
from tests.chaos.ledger import Ledger
from tests.chaos.prepare import FILERS
from tests.chaos.stage import Stage
from tests.chaos.truth import Truth

SECONDS = int(os.environ.get("CHAOS_SECONDS", "20"))
"""How long it storms."""
LONGER = 90
"""How much longer a busy machine gets, to let everything fall and to tell people enough."""
ENOUGH = {"filed": 8, "decided": 4, "uploaded": 1}
ADVISORS = ("noor@zk.example", "kok@zk.example")
PATIENCE = 120
WEIGHTS = {
    "worker child": 5,
    "web worker": 3,
    "worker": 2,
    "redis emptied": 2,
    "redis away": 2,
    "web": 1,
    "beat": 1,
}


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """Return a portal in a folder of its own, prepared and running."""
    monkeypatch.setattr(demo, "FOLDER", tmp_path)
    monkeypatch.setattr(demo, "LOGS", tmp_path / "logs")
    (tmp_path / "logs").mkdir()
    stage = Stage(tmp_path)
    try:
        yield stage
    finally:
        stage.close()


class Storm:
    """Kills what it started, as a seed says, and starts it again."""

    def __init__(self, stage: Stage, seed: str) -> None:
        self.stage, self.chance = stage, random.Random(seed)
        self.done: Counter[str] = Counter()
        self.redis_back_at = 0.0
        self.first = self.chance.sample([*WEIGHTS], len(WEIGHTS))

    def blow(self, seconds: float) -> None:
        """Let it storm for a while: everything once, however slow the machine is, and then what chance brings."""
        end = time.monotonic() + seconds
        while time.monotonic() < end or (self.first and time.monotonic() < end + PATIENCE):
            fault = self.first.pop() if self.first else self.chance.choices([*WEIGHTS], [*WEIGHTS.values()])[0]
            self.strike(fault)
            if not self.done[fault]:
                self.first.insert(0, fault)
            self.calm(self.chance.uniform(0.5, 2.5))

    def strike(self, fault: str) -> None:
        """Do one of them; what is down already, is left down."""
        stage = self.stage
        if fault in ("worker child", "web worker"):
            struck = stage.kill_helper(fault.split()[0], self.chance.random())
        elif fault.startswith("redis"):
            struck = stage.redis.alive()
            if struck and fault == "redis emptied":
                stage.flush_redis()
            elif struck:
                stage.kill_redis()
                self.redis_back_at = time.monotonic() + self.chance.uniform(0.5, 4)
        else:
            struck = stage.children[fault].alive()
            if struck:
                stage.kill(fault)
        self.done[fault] += struck
        if fault.startswith("web"):
            # A portal that is never up long enough to say anything can't be held to it.
            stage.wait_for_web()
        return struck

    def calm(self, seconds: float) -> None:
        """Start again what died, and let people work."""
        end = time.monotonic() + seconds
        while True:
            self.stage.supervise()
            if self.redis_back_at and time.monotonic() > self.redis_back_at:
                self.redis_back()
            if time.monotonic() > end:
                return
            time.sleep(0.1)

    def redis_back(self) -> None:
        """Start Redis; it knows nothing any more."""
        self.redis_back_at = 0
        if not self.stage.redis.alive():
            self.stage.redis.start()


def test_nothing_is_lost_or_doubled_whatever_dies(stage: Stage, tmp_path: Path) -> None:
    seed = os.environ.get("CHAOS_SEED") or secrets.token_hex(4)
    began, moments = time.monotonic(), []
    print(f"\nCHAOS_SEED={seed} CHAOS_SECONDS={SECONDS}")
    drafts = stage.prepare(24 + SECONDS)
    moments.append(("klaarzetten", time.monotonic() - began))
    stage.start()
    moments.append(("starten", time.monotonic() - began))
    ledger, storm = Ledger(tmp_path / "ledger"), Storm(stage, seed)
    providers = [
        Provider(browser(stage, filer), ledger, seed, [one["reference"] for one in drafts if one["filer"] == filer])
        for filer in FILERS
    ]
    advisors = [Advisor(browser(stage, advisor), ledger, seed) for advisor in ADVISORS]
    people: list[Client] = [*providers, *advisors]
    for person in people:
        # Before the storm: whoever logs in while a web process dies may have to wait ten seconds for its lock.
        person.browser.log_in()
    for person in people:
        person.start()
    try:
        storm.blow(SECONDS)
        limit = time.monotonic() + LONGER
        while not told_enough(ledger) and time.monotonic() < limit:
            storm.calm(1)
        for provider in providers:
            provider.kept_back = 0
        without_redis = last_act(storm, ledger, limit=LONGER)
    finally:
        for person in people:
            person.home.set()
        for person in people:
            person.join(60)
    moments.append(("storm", time.monotonic() - began))
    storm.redis_back()
    with stage.connect() as connection:
        truth = Truth(connection, stage.data)
        left = come_to_rest(storm, truth, seconds=180)
        moments.append(("rust", time.monotonic() - began))
        differences = truth.differs_from(ledger)
    told = Counter(line["what"] for line in ledger.lines)
    ledger.close()
    print(f"gevallen: {dict(storm.done)}\nverteld: {dict(told)}\nzonder Redis: {without_redis}")
    print(f"antwoorden kwijt: {sum(person.lost for person in people)}")
    print("na " + ", ".join(f"{seconds:.0f} s {what}" for what, seconds in moments))
    print(stage.first_error())
    assert [wrong for person in people for wrong in person.wrong] == []
    assert not any(person.is_alive() for person in people)
    assert left == []
    assert differences == []
    assert set(+storm.done) == set(WEIGHTS), "niet alles is eens gevallen"
    assert all(told[what] >= number for what, number in ENOUGH.items()), told
    assert without_redis["filed"] and without_redis["decided"], "zonder Redis kon niemand indienen of besluiten"


def browser(stage: Stage, email: str) -> Browser:
    """Return somebody's browser."""
    return Browser(stage.address, email, PASSWORD)


def told_enough(ledger: Ledger) -> bool:
    """Say whether there is enough to compare."""
    return all(len(ledger.of(what)) >= number for what, number in ENOUGH.items())


def last_act(storm: Storm, ledger: Ledger, *, limit: float) -> dict[str, int]:
    """Take Redis away until somebody has filed and somebody has decided without it; return how often that was."""
    storm.stage.wait_for_web()
    storm.redis_back_at = 0
    storm.stage.kill_redis()
    since, end = time.time(), time.monotonic() + limit
    while True:
        done = {what: sum(line["asked_at"] > since for line in ledger.of(what)) for what in ("filed", "decided")}
        if all(done.values()) or time.monotonic() > end:
            return done
        storm.calm(0.2)


def come_to_rest(storm: Storm, truth: Truth, *, seconds: float) -> list[str]:
    """Wait until nothing is left to do; return what is."""
    end = time.monotonic() + seconds
    passed_at = 0.0
    while left := truth.undone():
        if time.monotonic() > end:
            return [str(row) for row in left]
        if time.monotonic() > passed_at + 15:
            truth.let_pauses_pass()
            passed_at = time.monotonic()
        storm.calm(0.5)
    return []
