"""A zorgtraject: what is told of it, and what the portal makes of that."""

from datetime import date, timedelta

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_zorgtraject_is_begun_and_what_was_done_moves_its_end(journey):
    journey.she_begins_a_zorgtraject(opened=30)
    journey.then_it_closes_on(90)
    journey.she_registers(30, 21)
    journey.then_it_closes_on(21)
    journey.she_registers(2)
    journey.then_it_closes_on(40)


def test_a_warning_comes_in_time_to_the_provider_and_for_chronic_pain_to_the_insurer_too(journey):
    journey.a_zorgtraject(60, done=(60, 50, 32), pain=True)
    journey.the_clock_knocks("warn_of_closing")
    journey.she_looks_at_what_closes_soon()
    journey.then_she_reads("REIS1", "Nog 10 dagen", "42 dagen geen activiteit")
    journey.then_a_mail_tells_that_something_closes("binnenkort")
    journey.she_opens_the_zorgtraject()
    journey.then_she_reads("nog 10 dagen tot")
    journey.then_the_insurer_sees_it_too()


def test_it_closes_in_the_night_reopens_by_what_comes_late_and_goes_on_in_a_vervolg(journey):
    journey.a_zorgtraject(60, done=(60, 50))
    journey.the_clock_knocks("close_due_subtrajects")
    journey.she_opens_the_zorgtraject()
    journey.me.reload_until("Gesloten")
    journey.then_she_reads("Gesloten, subtraject van")
    journey.then_a_mail_tells_that_something_closes("gesloten")
    journey.she_registers(30)
    journey.then_it_closes_on(12)
    journey.then_she_reads("Heropend, subtraject van", "vastgelegd op")
    journey.she_starts_a_vervolgaanvraag()
    journey.then_she_reads("zorgtraject REIS1")


def test_a_plan_is_worked_out_before_anything_happens(journey):
    opened = date(2027, 1, 4)
    weekly = f"elke maandag van 4-1-2027 t/m {opened + timedelta(days=84):%-d-%-m-%Y}"
    journey.somebody_works_out_a_plan(opened=opened, appointments=weekly)
    journey.then_she_reads("Dit plan past in 120 dagen", "De laatste veilige dag", "4 mei 2027")
    journey.then_the_agenda_has("BEGIN:VEVENT", "DTSTART;VALUE=DATE:20270504")
    journey.somebody_works_out_a_plan(opened=opened, appointments="4-1-2027\n1-3-2027\n1-6-2027")
    journey.then_she_reads("Dit plan past niet in 120 dagen")
    journey.somebody_works_out_a_plan(opened=opened, appointments="4-1-2027\nmorgen")
    assert journey.me.obstacles() and "morgen" in journey.me.obstacles()[0]


def test_a_plan_is_worked_out_beside_a_request(journey):
    journey.a_draft_that_lacks_nothing()
    journey.the_provider_opens_the_request()
    journey.she_works_out_her_plan_beside_the_request("4-1-2027\n18-1-2027")
