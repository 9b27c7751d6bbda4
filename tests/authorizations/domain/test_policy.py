import copy
import json
import tomllib
from datetime import date

import pytest

from authorizations.domain import policy as policies
from authorizations.domain.policy import Closing, Reading, TimeUnit, Unreadable
from authorizations.domain.terms import Addressee, Indication, LetterKind, Referrer
from authorizations.services.policies import FOLDER
from tests.factories.authorizations import shipped

ZK = shipped()["zilveren-kruis-msr"]
ASR = shipped()["asr-revalidatie-2020"]
NATIONAL = policies.shipped(FOLDER)[1]


@pytest.fixture
def values():
    return copy.deepcopy(tomllib.loads((FOLDER / "zilveren-kruis-msr.toml").read_text(encoding="utf-8")))


def test_what_the_msr_page_of_zilveren_kruis_says():
    assert (ZK.insurer.name, ZK.insurer.uzovi) == ("Zilveren Kruis", "3311")
    assert ZK.closing is Closing.BRON
    assert (ZK.exemption.reading, ZK.exemption.codes) == (Reading.A, ("14E489", "14E490"))
    assert (ZK.terms.decision_workdays, ZK.terms.urgent_workdays, ZK.terms.cut_off.hour) == (10, 2, 17)
    assert [criterion.code for criterion in ZK.criteria] == [
        *("c1", "c2_meerwaarde", "c2_eerste_lijn", "c2a", "c2b", "c2c", "c2d", "c3_vorm", "c3_omvang")
    ]
    assert [document.title for document in ZK.documents] == ["MSR vergoedingsbeleid", "MSR machtigingenbeleid"]
    assert all(not document.version and document.dated_on is None for document in ZK.documents)  # not in the source
    assert [contact.phone for contact in ZK.contacts] == ["071 751 00 99", "071 751 00 61"]
    assert ZK.asks.time_unit is TimeUnit.HOURS
    assert all("niet uit S0" in paragraph.source for paragraph in ZK.paragraphs)  # it gives none for letters


def test_what_the_msz_page_of_asr_says():
    assert ASR.insurer.uzovi == ""  # not known
    assert ASR.referrers == (Referrer.HUISARTS, Referrer.BEDRIJFSARTS, Referrer.MEDISCH_SPECIALIST)
    assert ASR.asks.practitioners
    assert ASR.asks.activities
    assert ASR.asks.second_code
    assert ASR.asks.time_unit is TimeUnit.MINUTES
    assert ASR.exemption.codes == ()
    assert ASR.contacts[0].address == ("Ditzo t.a.v. medisch adviseur", "Postbus 2072", "3500 HB Utrecht")
    assert "Vertrouwelijk" in ASR.contacts[0].note


@pytest.mark.parametrize("policy", shipped().values(), ids=shipped())
def test_nothing_is_copied_wrongly_or_without_its_source(policy):
    text = json.dumps(policies.body(policy), ensure_ascii=False)
    assert "DSW" not in text
    assert "rechtvaardigheidsgrond" not in text
    everything = (*policy.checklist, *policy.criteria, *policy.documents, *policy.contacts, *policy.information)
    assert all(one.source for one in (*everything, *policy.paragraphs, policy.terms, policy.heroverweging))
    assert all(criterion.article for criterion in policy.criteria)


@pytest.mark.parametrize("policy", shipped().values(), ids=shipped())
def test_the_public_page_has_what_it_must_tell(policy):
    codes = {section.code for section in policy.information}
    assert "informatie" in codes
    assert policy.contacts
    assert policy.heroverweging.how


def test_the_page_tells_about_subtrajects_in_the_words_of_the_source():
    (section,) = (section for section in ZK.information if section.code == "subtraject")
    assert len(section.items) == 3
    assert "42 dagen of langer geleden" in section.items[1].text
    assert "behoudens zeer uitzonderlijke gevallen" in section.items[2].text


@pytest.mark.parametrize("policy", [*shipped().values(), NATIONAL], ids=[*shipped(), "landelijk"])
def test_what_is_kept_gives_the_same_policy_again(policy):
    load = policies.load_national if policy is NATIONAL else policies.load
    assert load(json.loads(json.dumps(policies.body(policy)))) == policy


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda v: v.update(kleur="rood"), "kleur: onbekende sleutel"),
        (lambda v: v["terms"].update(decision_days=10), "terms.decision_days: onbekende sleutel"),
        (lambda v: v["checklist"][1].update(verplicht=True), "checklist[2].verplicht: onbekende sleutel"),
        (lambda v: v["terms"].pop("cut_off"), "terms.cut_off: ontbreekt"),
        (lambda v: v.pop("criteria"), "criteria: ontbreekt"),
        (lambda v: v.update(criteria=[]), "criteria: mag niet leeg zijn"),
        (lambda v: v.update(kinds=["msr"]), "kinds[1]: 'msr' is onbekend (kies uit msr_first, msr_follow_up, "),
        (lambda v: v.update(kinds="msr_first"), "kinds: hier hoort een lijst te staan"),
        (lambda v: v.update(insurer="ZK"), "insurer: hier hoort een tabel te staan"),
        (lambda v: v["insurer"].update(uzovi=3311), "insurer.uzovi: 3311 past hier niet"),
        (lambda v: v["insurer"].update(uzovi="331"), "insurer.uzovi: vier cijfers"),
        (lambda v: v["terms"].update(decision_workdays="10"), "terms.decision_workdays: '10' past hier niet"),
        (lambda v: v["terms"].update(decision_workdays=True), "terms.decision_workdays: True past hier niet"),
        (lambda v: v["terms"].update(decision_workdays=0), "terms.decision_workdays: minstens 1"),
        (lambda v: v["terms"].update(patient_workdays=0), "terms.patient_workdays: minstens 1"),
        (lambda v: v.update(valid_from="2020-13-01"), "valid_from: '2020-13-01' past hier niet"),
        (lambda v: v.update(valid_from="2020-02-01", valid_until="2020-01-31"), "valid_until: ligt vóór valid_from"),
        (lambda v: v["criteria"].append(v["criteria"][0]), "criteria: c1 staat er 2 keer"),
        (lambda v: v["criteria"][3].update(parent="c9"), "criteria.c2a.parent: 'c9' is geen criterium"),
        (lambda v: v["checklist"].append(v["checklist"][-1]), "checklist: overig staat er 2 keer"),
        (lambda v: v["exemption"].update(reading="C"), "exemption.reading: 'C' is onbekend (kies uit A, B)"),
    ],
)
def test_a_wrong_policy_is_refused_by_the_name_of_its_key(values, change, words):
    change(values)
    with pytest.raises(Unreadable) as refusal:
        policies.load(values)
    assert words in str(refusal.value)


def test_a_norm_for_the_whole_wait_is_kept_and_without_one_a_policy_reads_as_it_did_before(values):
    assert "patient_workdays" not in policies.body(policies.load(values))["terms"]
    values["terms"]["patient_workdays"] = 30
    assert policies.load(policies.body(policies.load(values))).terms.patient_workdays == 30


def test_a_folder_names_the_file_that_is_wrong(tmp_path):
    (tmp_path / "x.toml").write_text('slug = "x"', encoding="utf-8")
    with pytest.raises(Unreadable, match=r"x\.toml: title: ontbreekt"):
        policies.shipped(tmp_path)
    (tmp_path / "x.toml").unlink()
    with pytest.raises(Unreadable, match=r"landelijk\.toml ontbreekt"):
        policies.shipped(tmp_path)
    text = (FOLDER / "zilveren-kruis-msr.toml").read_text(encoding="utf-8")
    (tmp_path / "anders.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable, match="slug: moet gelijk zijn"):
        policies.shipped(tmp_path)


@pytest.mark.parametrize(
    ("day", "valid"),
    [(date(2019, 12, 31), False), (date(2020, 1, 1), True), (date(2099, 1, 1), True)],
)
def test_a_policy_governs_from_its_day_on(day, valid):
    assert ASR.valid_on(day) is valid


def test_a_policy_ends_on_its_last_day(values):
    policy = policies.load(values | {"valid_until": "2026-12-31"})
    assert policy.valid_on(date(2026, 12, 31))
    assert not policy.valid_on(date(2027, 1, 1))


@pytest.mark.parametrize(
    ("letter", "addressee", "contracted", "expected"),
    [
        (LetterKind.DENIED, Addressee.PROVIDER, False, ["zorgadvies"]),
        (LetterKind.GRANTED, Addressee.PROVIDER, False, ["start_na_besluit", "vergoeding", "nota"]),
        (LetterKind.GRANTED, Addressee.INSURED, False, ["start_na_besluit", "vergoeding", "nota_verzekerde"]),
        (LetterKind.GRANTED, Addressee.PROVIDER, True, ["start_na_besluit"]),
        (LetterKind.RECEIPT, Addressee.PROVIDER, False, ["vertrouwelijk", "start_na_besluit"]),
    ],
)
def test_the_standard_paragraphs_of_a_letter(letter, addressee, contracted, expected):
    found = ASR.paragraphs_for(letter, addressee, contracted=contracted)
    assert [paragraph.code for paragraph in found] == expected


@pytest.mark.parametrize(
    ("letter", "addressee", "expected"),
    [
        (LetterKind.GRANTED, Addressee.PROVIDER, ["vanaf_de_ingangsdatum", "vergoeding", "nota"]),
        (
            LetterKind.PARTLY_GRANTED,
            Addressee.INSURED,
            ["vanaf_de_ingangsdatum", "vergoeding_verzekerde", "nota_verzekerde"],
        ),
        (LetterKind.DENIED, Addressee.INSURED, []),
        (LetterKind.RECEIPT, Addressee.PROVIDER, []),
    ],
)
def test_every_grant_without_a_contract_says_from_when_what_is_paid_and_by_what_nota(letter, addressee, expected):
    found = ZK.paragraphs_for(letter, addressee, contracted=False)
    assert [paragraph.code for paragraph in found] == expected


def test_no_last_day_for_heroverweging_unless_the_policy_has_one(values):
    assert policies.last_day_for_heroverweging(ZK, date(2026, 11, 20)) is None
    values["heroverweging"]["last_day_after_days"] = 42
    assert policies.last_day_for_heroverweging(policies.load(values), date(2026, 11, 20)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("indication", "starts_on", "settled"),
    [
        (Indication.CHRONIC_PAIN, date(2020, 11, 30), False),
        (Indication.CHRONIC_PAIN, date(2020, 12, 1), True),
        (Indication.OTHER, date(2026, 1, 1), False),
        (Indication.CHRONIC_PAIN, None, False),
    ],
)
def test_the_standpunt_holds_from_its_day_for_its_indication(indication, starts_on, settled):
    (standpunt,) = NATIONAL.standpunten
    assert standpunt.settles(indication, starts_on) is settled
