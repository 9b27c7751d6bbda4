"""The requests of the demo: one in every state, and enough to make a queue."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from authorizations.domain.terms import Indication, Outcome
from authorizations.services import intake, questions
from portal.world import claims, contracts, courses, numbers, people, post, stay, walk
from portal.world import told as beside


def tell(now: datetime) -> int:
    """Make the world of the demo as of `now`; return how many requests there are."""
    people.settle(now - timedelta(days=200))
    told = [story(now) for story in STORIES]
    courses.tell(now)
    numbers.tell(now)
    contracts.tell(now)
    beside.tell(now)
    post.tell(now)
    claims.tell(now)
    return len(told)


def _fresh_draft(now: datetime) -> None:
    """Half a request: the documents are still missing."""
    sanne = people.actor("sanne@esdoorn.example")
    walk.draft(
        walk.application(today=timezone.localdate(now), person=1), by=sanne, policy_slug=walk.ZK, now=_before(now, 1)
    )


def _new(now: datetime) -> None:
    for days, person, indication in (
        (1, 2, Indication.OTHER),
        (4, 3, Indication.CHRONIC_PAIN),
        (8, 5, Indication.OTHER),
    ):
        then = _before(now, days)
        content = walk.application(today=_day(then), person=person, indication=indication)
        walk.file(content, by=people.actor("duin@duin.example"), policy_slug=walk.ZK, now=then)


def _in_review(now: datetime) -> None:
    filed = _before(now, 3)
    jansen, noor = people.actor("jansen@esdoorn.example"), people.actor("noor@zk.example")
    request = walk.file(walk.application(today=_day(filed)), by=jansen, policy_slug=walk.ZK, now=filed)
    walk.claim(request, by=noor, now=_before(now, 1))


def _overdue(now: datetime) -> None:
    filed = _before(now, 24)
    content = walk.application(today=_day(filed), person=4)
    walk.file(content, by=people.actor("duin@duin.example"), policy_slug=walk.ZK, now=filed)


def _waiting(now: datetime) -> None:
    filed = _before(now, 9)
    jansen, noor = people.actor("jansen@esdoorn.example"), people.actor("noor@zk.example")
    request = walk.file(walk.application(today=_day(filed), person=2), by=jansen, policy_slug=walk.ZK, now=filed)
    walk.claim(request, by=noor, now=_before(now, 6))
    asked = walk.ask(request, by=noor, now=_before(now, 5), criterion="c2a")
    item = asked.items.get()
    text = "Volstaat een brief van de psycholoog? Het verslag zelf bestaat niet meer."
    questions.counter(item_id=item.pk, text=text, by=jansen, now=_before(now, 2))


def _answered(now: datetime) -> None:
    filed = _before(now, 12)
    jansen, kok = people.actor("jansen@esdoorn.example"), people.actor("kok@zk.example")
    request = walk.file(walk.application(today=_day(filed), person=3), by=jansen, policy_slug=walk.ZK, now=filed)
    walk.claim(request, by=kok, now=_before(now, 10))
    walk.ask(request, by=kok, now=_before(now, 9), criterion="c2a")
    walk.answer(request, by=jansen, now=_before(now, 3))


def _second_review(now: datetime) -> None:
    filed = _before(now, 7)
    wilg, noor = people.actor("wilg@wilg.example"), people.actor("noor@zk.example")
    request = walk.file(walk.application(today=_day(filed), person=5), by=wilg, policy_slug=walk.ZK, now=filed)
    walk.claim(request, by=noor, now=_before(now, 5))
    walk.judge(request, by=noor, now=_before(now, 2), not_met=walk.REASONS[Outcome.DENIED])
    walk.decide(request, Outcome.DENIED, by=noor, now=_before(now, 2))


def _decided(now: datetime) -> None:
    jansen, noor, kok = (people.actor(who) for who in ("jansen@esdoorn.example", "noor@zk.example", "kok@zk.example"))
    for days, person, outcome in ((95, 0, Outcome.GRANTED), (40, 1, Outcome.PARTLY_GRANTED), (33, 4, Outcome.DENIED)):
        filed = _before(now, days)
        request = walk.file(
            walk.application(today=_day(filed), person=person), by=jansen, policy_slug=walk.ZK, now=filed
        )
        walk.claim(request, by=noor, now=_before(now, days - 2))
        denied = outcome is Outcome.DENIED
        walk.judge(request, by=noor, now=_before(now, days - 4), not_met=walk.REASONS[outcome])
        walk.decide(request, outcome, by=noor, now=_before(now, days - 5), second=kok if denied else None)


def _withdrawn(now: datetime) -> None:
    filed = _before(now, 15)
    sanne = people.actor("sanne@esdoorn.example")
    content = walk.application(today=_day(filed), person=5, indication=Indication.OTHER)
    request = walk.file(content, by=sanne, policy_slug=walk.ZK, now=filed)
    reason = "De patiënt wordt elders behandeld."
    intake.withdraw(authorization_id=request.pk, reason=reason, by=sanne, now=_before(now, 13))


def _other_insurer(now: datetime) -> None:
    filed = _before(now, 2)
    wilg = people.actor("wilg@wilg.example")
    content = walk.application(today=_day(filed), person=3, indication=Indication.OTHER)
    content = walk.treated_by(content, wilg)
    walk.file(content, by=wilg, policy_slug=walk.ASR, now=filed)


def _stay(now: datetime) -> None:
    filed = _before(now, 2)
    content = stay.application(today=_day(filed), person=4)
    stay.file(content, by=people.actor("berg@lariks.example"), now=filed)


STORIES = (
    _decided,
    _withdrawn,
    _overdue,
    _answered,
    _waiting,
    _second_review,
    _new,
    _in_review,
    _other_insurer,
    _stay,
    _fresh_draft,
)


def _before(now: datetime, days: int) -> datetime:
    """Return a moment of a working morning, at least this many days ago."""
    then = now - timedelta(days=days)
    return min(then.replace(hour=9, minute=(days * 7) % 60), now)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
