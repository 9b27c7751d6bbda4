from datetime import date

import pytest

from ggz_codes.domain import mandatory_care
from ggz_codes.domain.mandatory_care import LegalBasis

ZM, CM = LegalBasis.ZORGMACHTIGING, LegalBasis.CRISISMAATREGEL


@pytest.mark.parametrize(
    ("basis", "follow_up", "opened_on", "expected"),
    [
        (ZM, False, date(2020, 1, 1), "155"),
        (CM, False, date(2020, 1, 1), "156"),
        (ZM, True, date(2024, 6, 1), "255"),
        (CM, True, date(2020, 1, 1), "256"),
        (ZM, False, date(2019, 12, 31), None),  # then the Bopz held
        (CM, True, date(2019, 12, 31), None),
    ],
)
def test_the_zorgtype_by_its_basis(basis, follow_up, opened_on, expected):
    found = mandatory_care.zorgtype(basis, follow_up=follow_up, opened_on=opened_on)
    assert (found and found.code) == expected


@pytest.mark.parametrize(
    ("basis", "requested", "assessments", "registered", "words"),
    [
        (ZM, True, 1, 1, []),
        (ZM, True, 2, 2, []),
        (ZM, True, 1, 0, []),
        (ZM, True, 1, 2, ["Per beoordeling"]),
        (ZM, True, 0, 1, ["Per beoordeling"]),
        (ZM, False, 1, 1, ["Officier van Justitie"]),
        (CM, True, 1, 1, ["crisismaatregel"]),
        (CM, False, 1, 2, ["crisismaatregel", "Officier van Justitie", "Per beoordeling"]),
    ],
)
def test_preparation_of_a_zorgmachtiging(basis, requested, assessments, registered, words):
    found = mandatory_care.preparation(basis, requested=requested, assessments=assessments, registered=registered)
    assert found.allowed is not bool(words)
    assert not found.signals
    if words:
        assert len(found.reasons) == len(words)
        assert all(word in reason for word, reason in zip(words, found.reasons, strict=True))


@pytest.mark.parametrize(("zorgtype", "signals"), [("", 0), ("155", 0), ("156", 1), ("256", 1)])
def test_a_dbc_of_a_crisismaatregel_is_a_signal_and_no_refusal(zorgtype, signals):
    found = mandatory_care.preparation(ZM, requested=True, assessments=1, registered=1, dbc_zorgtype=zorgtype)
    assert (found.allowed, len(found.signals)) == (True, signals)
    refused = mandatory_care.preparation(CM, requested=True, assessments=1, registered=1, dbc_zorgtype=zorgtype)
    assert (refused.allowed, refused.signals) == (False, ())
