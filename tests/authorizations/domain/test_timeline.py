import re
from pathlib import Path

import pytest

import authorizations
from authorizations.domain import timeline
from authorizations.domain.lifecycle import MOVES, Party

SERVICES = Path(authorizations.__file__).parent / "services"
# What only the insurer reads, or what says nothing beside the step that it belongs to.
INSURERS_OWN = {
    *("document_judged", "note", "assign", "unassign", "put_back", "take_over", "opinion", "third"),
    *("reconsider_released", "change_proposed", "change_returned", "phoned"),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("submit", (Party.PROVIDER, "Aanvraag ingediend")),
        ("claim", (Party.ADVISOR, "In beoordeling genomen")),
        ("counter", (Party.PROVIDER, "Wedervraag gesteld")),
        ("propose", None),
        ("return", None),
        ("release", None),
        ("note", None),
        ("iets nieuws", None),
    ],
)
def test_words(name, expected):
    assert timeline.words(name) == expected


def test_whatever_is_written_down_is_either_for_providers_or_the_insurers_own():
    code = "\n".join(file.read_text() for file in SERVICES.glob("*.py"))
    written = set(re.findall(r'lifecycle\.record\(\s*[\w.]+,\s*"(\w+)"', code)) | {"documents_added"}
    assert written
    assert written - set(timeline.RECORDS) - INSURERS_OWN == set()
    assert set(timeline.RECORDS) & INSURERS_OWN == set()
    assert set(MOVES) >= timeline.NOT_FOR_PROVIDERS
