from datetime import date

import pytest

from ggz_codes.domain import shipped, vmr

NEW_YEAR, OLD = date(2020, 1, 1), date(2019, 12, 31)


@pytest.mark.parametrize(
    ("follow_up", "stays", "minutes", "words"),
    [
        (True, True, 0, []),
        (True, True, 1, ["behandeling"]),
        (True, False, 0, ["geen verblijf"]),
        (False, True, 0, ["geen vervolg-dbc"]),
        (False, False, 5, ["geen vervolg-dbc", "geen verblijf", "behandeling"]),
    ],
)
def test_zorgtype_254(follow_up, stays, minutes, words):
    found = vmr.zorgtype_254(follow_up=follow_up, vmr=stays, minutes=minutes)
    assert found.allowed is not bool(words)
    if words:
        assert all(word in reason for word, reason in zip(words, found.reasons, strict=True))


@pytest.mark.parametrize(
    ("follow_up", "stays", "minutes", "opened_on", "allowed"),
    [
        (True, True, 0, NEW_YEAR, True),
        (True, True, 0, OLD, False),
        (True, True, 1, NEW_YEAR, False),
        (True, False, 0, NEW_YEAR, False),
        (False, True, 0, NEW_YEAR, False),
    ],
)
def test_a_vervolg_with_only_vmr(follow_up, stays, minutes, opened_on, allowed):
    found = vmr.only_vmr(follow_up=follow_up, vmr=stays, minutes=minutes, opened_on=opened_on)
    assert found.allowed is allowed
    assert len(found.reasons) == 1


def test_254_and_its_prestatie_belong_together_and_begin_when_only_vmr_may():
    (code,) = shipped.prestaties_of(vmr.ZORGTYPE)
    assert code.code == vmr.PRESTATIE
    assert code.period.valid_from == shipped.zorgtypes()[vmr.ZORGTYPE].period.valid_from == vmr.SINCE
    assert shipped.rule_texts()["VMR_VERVOLG"].parameters["vanaf"] == vmr.SINCE.isoformat()
