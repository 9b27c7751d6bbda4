"""What pages about policies say: what differs between two versions, and what a replay found."""

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from authorizations.domain import intake, policy_text, replay
from authorizations.domain.policy import Policy
from authorizations.domain.replay import Check
from authorizations.domain.terms import DocumentKind
from authorizations.queries.policy_drafts import Found

AROUND = 2
"""So many lines are shown on either side of what differs."""


def insurer_choices(policies: Mapping[str, Policy]) -> list[tuple[str, str]]:
    """Return policies to choose from by the name of the insurer, with the care beside it where it has several."""
    often = Counter(policy.insurer.name for policy in policies.values())
    return [
        (slug, policy.insurer.name if often[policy.insurer.name] == 1 else f"{policy.insurer.name}: {policy.care}")
        for slug, policy in policies.items()
    ]


@dataclass(frozen=True)
class Difference:
    """A line of the text of a policy: new, gone, or the same and only there to find the place."""

    sign: str
    words: str
    line: str


@dataclass(frozen=True)
class Outcome:
    """What a replay found of one check, with the requests for who may see them."""

    words: str
    fails: bool
    number: int
    references: list[str]


def differences(old: str, new: str) -> list[Difference]:
    """Return what differs between two texts, line by line; empty when nothing does."""
    found = []
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=AROUND):
        if line.startswith(("---", "+++")):
            continue
        sign = {"+": "nieuw", "-": "vervalt", "@": "verder"}.get(line[0], "")
        found.append(Difference(line[0] if sign else " ", sign, "" if sign == "verder" else line[1:]))
    return found


def outcomes(
    found: Iterable[Found], references: Mapping[tuple[Check, bool], list[str]], policies: Iterable[Policy]
) -> Iterator[Outcome]:
    """Yield what a replay found, in words; `policies` name the criteria."""
    titles = {criterion.code: criterion.title for policy in policies for criterion in policy.criteria}
    for one in found:
        words = _words(one.check, titles)
        yield Outcome(words, one.fails, one.number, references.get((one.check, one.fails), []))


def text_of(policy: Policy) -> str:
    """Return the text of a policy, to lay beside another."""
    return policy_text.write(policy)


def _words(check: Check, titles: Mapping[str, str]) -> str:
    name = titles.get(check.about, check.about)
    if check.code in SAID:
        return SAID[check.code].format(name)
    if check.about in {kind.value for kind in DocumentKind}:
        return f"Document is er niet: {DocumentKind(check.about).label}"
    step = next((step.title for step in intake.STEPS if step.code == check.about), "Formulier")
    return f"Stap “{step}” heeft een opmerking die indienen tegenhoudt"


SAID = {
    replay.NOT_JUDGED: "Criterium is niet beoordeeld: {}",
    replay.AGAINST: "Toegekend, terwijl niet is voldaan aan: {}",
    replay.WITHOUT_GROUND: "Niet helemaal toegekend, terwijl aan alle criteria is voldaan",
    replay.KIND_NOT_ASKED: "Dit soort aanvraag staat niet in het beleid",
}
