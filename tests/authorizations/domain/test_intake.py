"""Everything that stands in the way of filing, on both sides of each edge."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from authorizations.domain import application as applications
from authorizations.domain import intake
from authorizations.domain.application import Application, HoursLine, Practitioner, Treatment
from authorizations.domain.terms import Discipline, Domain, Indication, Kind, Referrer, Setting, TreatmentKind
from tests.factories.applications import (
    EXPECTED_ON,
    PHYSICAL,
    PSYCHOSOCIAL,
    TODAY,
    all_documents,
    application,
    follow_up,
)
from tests.factories.authorizations import shipped

ZK, ASR = shipped()["zilveren-kruis-msr"], shipped()["asr-revalidatie-2020"]
GGZ = shipped()["zilveren-kruis-ggz-verblijf-2020"]
NOT_TRIED = Treatment(kind=TreatmentKind.PSYCHOSOCIAL, discipline="Psycholoog", untried_because="Grote kans op niets.")
PHYSICAL_NOT_TRIED = replace(NOT_TRIED, kind=TreatmentKind.PHYSICAL)


def found(whole, policy=ZK, **more):
    answers = all_documents(policy, whole) if whole.care.indication and whole.care.setting else {}
    return intake.obstacles(whole, policy, TODAY, expected_on=EXPECTED_ON, answers=answers, **more)


def codes(whole, policy=ZK, **more):
    return [obstacle.code for obstacle in found(whole, policy, **more)]


@pytest.mark.parametrize("policy", shipped().values(), ids=shipped())
@pytest.mark.parametrize("whole", [application(), follow_up()], ids=["first", "follow_up"])
def test_nothing_stands_in_the_way_of_a_whole_request(whole, policy):
    assert found(whole, policy) == []


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        # the patient
        ({"insured": {"bsn": ""}}, "bsn_missing"),
        ({"insured": {"bsn": "999998620"}}, "bsn_wrong"),
        ({"insured": {"bsn": "000000000"}}, "bsn_wrong"),
        ({"insured": {"surname": ""}}, "surname_missing"),
        ({"insured": {"birth_date": None}}, "birth_date_missing"),
        ({"insured": {"birth_date": date(2026, 11, 24)}}, "birth_date_in_future"),
        ({"insured": {"birth_date": date(1899, 12, 31)}}, "birth_date_too_old"),
        ({"insured": {"postcode": "0123 AB"}}, "postcode_wrong"),
        # who treats
        ({"care": {"revalidatiearts_name": ""}}, "revalidatiearts_name_missing"),
        ({"care": {"revalidatiearts_big": ""}}, "revalidatiearts_big_missing"),
        ({"care": {"revalidatiearts_big": "1901234560"}}, "revalidatiearts_big_wrong"),
        ({"care": {"revalidatiearts_agb": "3012345"}}, "revalidatiearts_agb_wrong"),
        ({"care": {"urgent": True}}, "urgent_reason_missing"),
        # the referral
        ({"referral": {"referrer": None}}, "referrer_missing"),
        ({"referral": {"referred_on": None}}, "referred_on_missing"),
        ({"referral": {"referred_on": date(2026, 12, 15)}}, "referred_after_start"),
        ({"referral": {"referred_on": date(2026, 11, 24)}}, "referred_in_future"),
        ({"referral": {"complaints": ""}}, "complaints_missing"),
        ({"referral": {"complaint_months": None}}, "complaint_months_missing"),
        ({"referral": {"complaint_months": -1}}, "complaint_months_impossible"),
        ({"referral": {"diagnosis_code": "Q99.99"}}, "diagnosis_code_wrong"),
        # what was tried, and why that isn't enough
        ({"history": {"treatments": (PSYCHOSOCIAL,)}}, "physical_treatment_missing"),
        ({"history": {"treatments": (PHYSICAL,)}}, "psychosocial_treatment_missing"),
        ({"history": {"domains": frozenset({Domain.SOCIAL})}}, "domains_missing"),
        ({"history": {"complexity": ""}}, "complexity_missing"),
        ({"history": {"integrated_care": ""}}, "integrated_care_missing"),
        ({"history": {"coincidence": ""}}, "coincidence_missing"),
        ({"history": {"why_second_line": ""}}, "why_second_line_missing"),
        ({"history": {"why_second_line": "x" * 2001}}, "text_too_long"),
        # the plan
        ({"plan": {"starts_on": None}}, "starts_on_missing"),
        ({"plan": {"ends_on": None}}, "ends_on_missing"),
        ({"plan": {"ends_on": date(2026, 12, 13)}}, "ends_before_start"),
        ({"plan": {"ends_on": date(2027, 4, 14)}}, "exceptional_reason_missing"),  # 121 days
        ({"plan": {"starts_on": date(2026, 12, 6)}}, "early_start_reason_missing"),  # the day before the decision
        ({"plan": {"joint_plan": None}}, "joint_plan_missing"),
        ({"plan": {"goals": ""}}, "goals_missing"),
        ({"plan": {"hours": ()}}, "hours_missing"),
        ({"plan": {"code": ""}}, "code_missing"),
        ({"plan": {"code": "14E48"}}, "code_wrong"),
        ({"plan": {"second_code": "99002719"}}, "second_code_wrong"),
        # consent and signature
        ({"consent": {"consented_on": None}}, "consented_on_missing"),
        ({"consent": {"consented_on": date(2026, 11, 24)}}, "consented_in_future"),
        ({"consent": {"signatory_name": ""}}, "signatory_name_missing"),
        ({"consent": {"declared_true": False}}, "declared_true_missing"),
    ],
)
def test_one_thing_in_the_way(parts, expected):
    assert codes(application(**parts)) == [expected]


@pytest.mark.parametrize(
    "parts",
    [
        {"insured": {"bsn": "9999.96.708"}},
        {"insured": {"birth_date": date(2026, 11, 23)}},
        {"care": {"urgent": True, "urgent_reason": "Contractuur dreigt."}},
        {"care": {"revalidatiearts_agb": ""}},
        {"referral": {"referrer": Referrer.ANDERE_ARTS}},
        {"referral": {"referred_on": date(2026, 11, 23)}},
        {"referral": {"diagnosis_code": "", "diagnosis_text": ""}},  # the diagnosis is optional
        {"referral": {"complaint_months": 0}},
        {"history": {"treatments": (PHYSICAL, NOT_TRIED)}},  # the considerable chance is a ground of its own
        {"history": {"treatments": (PHYSICAL, replace(PSYCHOSOCIAL, ended_on=None))}},  # still running
        {"plan": {"ends_on": date(2027, 4, 13)}},  # 120 days
        {"plan": {"ends_on": date(2027, 4, 14), "exceptional_reason": "Ernstige complicatie."}},
        {"plan": {"starts_on": date(2026, 12, 7)}},  # the day of the expected decision
        {"plan": {"starts_on": date(2026, 11, 27), "early_start_reason": "Kon niet wachten."}},
        {"plan": {"code": "14e490 "}},
        {"plan": {"second_code": ""}},  # S0 doesn't ask it
        {"plan": {"practitioners": (), "activities": ""}},  # S0 doesn't ask them
        {"consent": {"signatory_big": ""}},
    ],
)
def test_nothing_in_the_way(parts):
    assert codes(application(**parts)) == []


OTHER = {"care": {"indication": Indication.OTHER}}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"history": {"treatments": (PHYSICAL,), "coincidence": ""}}, []),  # psychosocial isn't asked
        ({"history": {"treatments": (PHYSICAL_NOT_TRIED,)}}, []),  # recorded and signalled, never barred
        ({"history": {"treatments": ()}}, ["physical_treatment_missing"]),
        ({"plan": {"ends_on": date(2027, 6, 1)}}, []),  # 120 days is for chronic pain
    ],
)
def test_other_indications_ask_less(parts, expected):
    assert codes(application(**OTHER | parts)) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"referral": {"referrer": Referrer.ANDERE_ARTS}}, ["referrer_not_accepted"]),
        ({"referral": {"complaints": "", "complaint_months": None}}, []),
        ({"history": {"treatments": (), "domains": frozenset(), "why_second_line": ""}}, []),
        ({"plan": {"practitioners": ()}}, ["practitioners_missing"]),
        ({"plan": {"activities": ""}}, ["activities_missing"]),
        ({"plan": {"second_code": ""}}, ["second_code_missing"]),
    ],
)
def test_another_insurer_asks_other_things(parts, expected):
    assert codes(application(**parts), ASR) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"referral": {"referred_on": date(1960, 1, 1)}}, ["referred_before_birth"]),
        ({"consent": {"consented_on": date(1960, 1, 1)}}, ["consented_before_birth"]),
        ({"consent": {"consented_on": date(2024, 11, 1)}}, ["consented_long_ago"]),
        ({"consent": {"consented_on": date(2025, 11, 1)}}, []),
    ],
)
def test_a_year_that_cannot_be_right_is_doubted(parts, expected):
    assert codes(application(**parts)) == expected


def test_the_refusal_of_a_referrer_names_who_may_refer():
    (obstacle,) = found(application(referral={"referrer": Referrer.ANDERE_ARTS}), ASR)
    assert obstacle.message == "a.s.r. vraagt een verwijzing van een huisarts, bedrijfsarts of medisch specialist."


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"follow_up": {"previous_number": ""}}, ["previous_number_missing"]),
        ({"follow_up": {"zorgtrajectnummer": ""}}, ["zorgtrajectnummer_missing"]),
        ({"follow_up": {"zorgtrajectnummer": "1234567890123456"}}, ["zorgtrajectnummer_wrong"]),
        ({"follow_up": {"progress": ""}}, ["progress_missing"]),
        ({"follow_up": {"why_not_finished": ""}}, ["why_not_finished_missing"]),
        ({"follow_up": {"gap_over_42": None}}, ["gap_over_42_missing"]),
        ({"follow_up": {"gap_over_42": True}}, ["gap_reason_missing"]),
        ({"follow_up": {"gap_over_42": True, "gap_reason": "Operatie."}}, []),
        ({"follow_up": {"exceptional_reason": ""}}, ["exceptional_reason_missing"]),
        ({"follow_up": {"exceptional_reason": ""}} | OTHER, []),
        ({"history": {"treatments": ()}}, []),  # that was asked the first time
        ({"plan": {"ends_on": date(2027, 6, 1)}}, []),  # the reason of the vervolg covers it
    ],
)
def test_a_vervolg_asks_what_changed(parts, expected):
    assert codes(follow_up(**parts)) == expected


@pytest.mark.parametrize(
    ("treatment", "expected"),
    [
        (replace(PSYCHOSOCIAL, kind=None), {"treatment_kind_missing", "psychosocial_treatment_missing"}),
        (replace(PSYCHOSOCIAL, discipline=""), {"treatment_discipline_missing"}),
        (replace(PSYCHOSOCIAL, started_on=None), {"treatment_started_on_missing"}),
        (replace(PSYCHOSOCIAL, sessions=None), {"treatment_sessions_missing"}),
        (replace(PSYCHOSOCIAL, sessions=-1), {"treatment_sessions_impossible"}),
        (replace(PSYCHOSOCIAL, intensity=""), {"treatment_intensity_missing"}),
        (replace(PSYCHOSOCIAL, result=""), {"treatment_result_missing"}),
        (replace(PSYCHOSOCIAL, ended_on=date(2026, 3, 14)), {"treatment_ends_before_start"}),
        (replace(PSYCHOSOCIAL, ended_on=date(2026, 3, 15)), set()),
        (replace(PSYCHOSOCIAL, started_on=date(2026, 11, 24), ended_on=None), {"treatment_in_future"}),
    ],
)
def test_a_line_of_earlier_treatment_is_whole(treatment, expected):
    obstacles = found(application(history={"treatments": (PHYSICAL, treatment)}))
    assert {obstacle.code for obstacle in obstacles} == expected
    assert {obstacle.row for obstacle in obstacles if obstacle.code.startswith("treatment_")} <= {1}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([HoursLine(Discipline.PSYCHOLOGIE, 60), HoursLine(Discipline.PSYCHOLOGIE, 60)], ["discipline_twice"]),
        ([HoursLine(None, 60), HoursLine(Discipline.PSYCHOLOGIE, 60)], ["discipline_missing"]),
        ([HoursLine(Discipline.FYSIOTHERAPIE, None), HoursLine(Discipline.PSYCHOLOGIE, 60)], ["minutes_missing"]),
        ([HoursLine(Discipline.FYSIOTHERAPIE, -60), HoursLine(Discipline.PSYCHOLOGIE, 60)], ["minutes_missing"]),
        ([HoursLine(Discipline.OVERIG, 60)], ["label_missing"]),
        ([HoursLine(Discipline.OVERIG, 60, "Muziek"), HoursLine(Discipline.OVERIG, 60, "Hydro")], []),
        (
            [HoursLine(Discipline.OVERIG, 60, "Muziek"), HoursLine(Discipline.OVERIG, 60, "muziek")],
            ["discipline_twice"],
        ),
    ],
)
def test_hours_per_discipline(lines, expected):
    assert codes(application(plan={"hours": tuple(lines)})) == expected


def test_the_words_of_the_hours_follow_the_unit_of_the_policy():
    (obstacle,) = found(application(plan={"hours": ()}), ASR)
    assert obstacle.message == "Vul de minuten in van minstens 1 discipline."


def test_a_practitioner_is_whole():
    obstacles = found(application(plan={"practitioners": (Practitioner(big_number="1"),)}), ASR)
    assert [obstacle.code for obstacle in obstacles] == [
        "practitioner_name_missing",
        "practitioner_discipline_missing",
        "practitioner_does_missing",
        "practitioners_wrong",
    ]
    assert all(obstacle.row == 0 for obstacle in obstacles)


def test_a_second_open_request_needs_a_reason():
    (obstacle,) = found(application(), duplicates=["MA-00000000"])
    assert obstacle.message.startswith("Voor deze patiënt loopt al een aanvraag: MA-00000000.")
    assert found(application(consent={"duplicate_reason": "Andere klacht."}), duplicates=["MA-00000000"]) == []


def test_documents_are_asked_with_the_rest():
    whole = application()
    obstacles = intake.obstacles(whole, ZK, TODAY, expected_on=EXPECTED_ON)
    assert {obstacle.step for obstacle in obstacles} == {"documenten"}
    assert len(obstacles) == 6


@pytest.mark.parametrize(
    ("starts_on", "words"),
    [
        (date(2026, 11, 2), "De behandeling is op 2 november 2026 begonnen. Een machtiging moet er zijn"),
        (date(2026, 12, 1), "Wij verwachten het besluit op 7 december 2026."),
    ],
)
def test_an_early_start_is_never_refused_but_explained(starts_on, words):
    (obstacle,) = found(application(plan={"starts_on": starts_on, "ends_on": date(2027, 2, 1)}))
    assert words in obstacle.message


def test_an_empty_draft_names_everything_at_once_in_the_order_of_the_steps():
    order = [step.code for step in intake.STEPS]
    for kind in Kind:
        obstacles = found(Application(kind=kind))
        steps = [order.index(obstacle.step) for obstacle in obstacles]
        assert steps == sorted(steps)
        assert len(obstacles) > 25
        assert {order[step] for step in steps} >= {step.code for step in intake.steps(kind, ZK)} - {"documenten"}


def test_every_obstacle_speaks_plainly_and_points_at_a_field():
    names = {field.name for part in fields(Application) for field in fields_of(part.name)}
    for kind in Kind:
        for policy in shipped().values():
            for obstacle in found(Application(kind=kind), policy):
                assert obstacle.field in names
                assert obstacle.message.endswith(".")
                assert not any(
                    word in obstacle.message.lower() for word in ("helaas", "gelieve", "dient te", "ongeldig")
                )


def fields_of(part):
    return fields(getattr(Application(), part)) if part != "kind" else ()


@pytest.mark.parametrize(
    ("kind", "policy", "absent"),
    [
        (Kind.MSR_FIRST, ZK, {"vervolg", "verblijf"}),
        (Kind.MSR_FOLLOW_UP, ZK, {"verblijf"}),
        (Kind.MSR_FIRST, ASR, {"vervolg", "voortraject", "verblijf"}),
        (Kind.MSR_FOLLOW_UP, ASR, {"voortraject", "verblijf"}),
        (Kind.GGZ_STAY, GGZ, {"vervolg", "voortraject", "behandelplan"}),
    ],
)
def test_the_steps_of_a_request(kind, policy, absent):
    assert {step.code for step in intake.STEPS} - {step.code for step in intake.steps(kind, policy)} == absent


def test_the_sections_of_the_paper_form_are_all_there():
    assert sorted("".join(step.sections for step in intake.STEPS)) == sorted("ABCDEFGHIJKLMNO")


def test_a_doubtful_big_number_is_only_a_remark():
    whole = application(care={"revalidatiearts_big": "29012345601"}, consent={"signatory_big": ""})
    assert codes(whole) == []
    (remark,) = intake.remarks(whole)
    assert (remark.code, remark.field) == ("big_number_doubtful", "revalidatiearts_big")


nasty = st.text(max_size=30) | st.sampled_from(["\x00", "\u202e123", "١٢٣٤٥٦٧٨٩", "²³", "😀" * 9, "<script>", "1e9"])
anything = st.none() | st.booleans() | st.integers() | nasty | st.lists(nasty, max_size=3) | st.dates()


@given(
    st.dictionaries(
        st.sampled_from([field.name for field in fields(Application)]),
        st.dictionaries(
            st.sampled_from(
                [field.name for part in ("insured", "care", "referral", "plan") for field in fields_of(part)]
            ),
            anything,
        )
        | anything,
    )
)
def test_whatever_a_draft_holds_it_can_be_read_and_is_told_what_lacks(answers):
    whole = applications.read(answers)
    assert isinstance(whole, Application)
    for policy in shipped().values():
        found(whole, policy)


def test_obstacles_never_repeat_a_bsn():
    assert "999998620" not in " ".join(
        obstacle.message for obstacle in found(application(insured={"bsn": "999998620"}))
    )


def test_admission_asks_for_the_vra_indication():
    whole = application(care={"setting": Setting.INPATIENT})
    answers = all_documents(ZK, application())
    (obstacle,) = intake.obstacles(whole, ZK, TODAY, expected_on=EXPECTED_ON, answers=answers)
    assert obstacle.field == "vra_indicatie"
