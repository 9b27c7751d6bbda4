"""A colleague is invited, accepts and logs in."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_invited_colleague_accepts_and_logs_in(journey):
    journey.a_manager_invites("Gerda Vos", "gerda@esdoorn.example", "Indiener")
    journey.the_colleague_opens_the_link_in_the_mail("gerda@esdoorn.example")
    journey.she_chooses_a_password("kort")
    journey.then_the_portal_names_what_is_missing("15 tekens")
    journey.she_chooses_a_password("een lange zin met een paard erin")
    journey.she_logs_in_with_her_own_password("gerda@esdoorn.example", "een lange zin met een paard erin")
    journey.she_links_an_app()
    journey.then_she_is_at_work("Gerda Vos", "Revalidatie De Esdoorn")
    journey.she_logs_out()
    journey.then_the_portal_asks_who_she_is("/aanvragen/")
