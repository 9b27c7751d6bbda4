from datetime import UTC, datetime

import pytest

from accounts import queries
from accounts.models import Location
from accounts.services import colleagues, organizations, profiles, versions
from tests.factories.accounts import LocationFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
VALUES = {"name": "Zuid", "street": "Weg 1", "postcode": "1234 AB", "city": "Stad", "agb_code": ""}


def test_the_manager_changes_the_profile(organisatiebeheerder, provider):
    seen = versions.fingerprint(provider, ("phone", "city"))
    organizations.change(by=organisatiebeheerder, seen=seen, phone="010 765 43 21", city="Proefdorp")
    changed = queries.organization(provider.pk)
    assert (changed.phone, changed.city) == ("010 765 43 21", "Proefdorp")


def test_a_change_by_a_colleague_is_never_overwritten_silently(organisatiebeheerder, provider):
    seen = versions.fingerprint(provider, ("phone",))
    organizations.change(by=organisatiebeheerder, seen=seen, phone="010 111 11 11")
    with pytest.raises(versions.Changed):
        organizations.change(by=organisatiebeheerder, seen=seen, phone="010 222 22 22")
    organizations.change(by=organisatiebeheerder, seen=seen, phone="010 111 11 11")  # a double click
    assert queries.organization(provider.pk).phone == "010 111 11 11"


def test_a_code_of_another_organization_is_refused_in_words(organisatiebeheerder, provider, other_provider):
    seen = versions.fingerprint(provider, ("agb_code",))
    with pytest.raises(organizations.Taken, match="AGB-code"):
        organizations.change(by=organisatiebeheerder, seen=seen, agb_code=other_provider.agb_code)


def test_another_refusal_of_the_database_stays_what_it_is(organisatiebeheerder, provider):
    from django.db import IntegrityError

    seen = versions.fingerprint(provider, ("agb_code",))
    with pytest.raises(IntegrityError, match="provider_has_agb_code"):
        organizations.change(by=organisatiebeheerder, seen=seen, agb_code="")


@pytest.mark.parametrize("who", ["lezer", "indiener", "behandelaar"])
def test_others_change_nothing(who, request, provider):
    someone = request.getfixturevalue(who)
    location = LocationFactory(organization=provider)
    with pytest.raises(colleagues.NotAllowed):
        organizations.change(by=someone, seen="", phone="1")
    with pytest.raises(colleagues.NotAllowed):
        organizations.add_location(by=someone, **VALUES)
    with pytest.raises(colleagues.NotAllowed):
        organizations.change_location(by=someone, location_id=location.pk, seen="", **VALUES)
    with pytest.raises(colleagues.NotAllowed):
        organizations.stop_location(by=someone, location_id=location.pk, now=NOW)


def test_locations_are_added_changed_and_stopped(organisatiebeheerder, provider):
    location = organizations.add_location(by=organisatiebeheerder, **VALUES)
    seen = versions.fingerprint(location, organizations.LOCATION)
    organizations.change_location(
        by=organisatiebeheerder, location_id=location.pk, seen=seen, **{**VALUES, "name": "West"}
    )
    assert [place.name for place in queries.locations(provider.pk)] == ["West"]
    for _twice in range(2):
        organizations.stop_location(by=organisatiebeheerder, location_id=location.pk, now=NOW)
    assert not queries.locations(provider.pk).exists()
    assert Location.objects.get().stopped_by_id == organisatiebeheerder.user_id


def test_a_location_name_in_use_is_refused_in_words(organisatiebeheerder):
    organizations.add_location(by=organisatiebeheerder, **VALUES)
    with pytest.raises(organizations.Taken, match="naam"):
        organizations.add_location(by=organisatiebeheerder, **VALUES)


def test_a_location_of_another_organization_is_out_of_reach(organisatiebeheerder, other_provider):
    foreign = LocationFactory(organization=other_provider)
    with pytest.raises(Location.DoesNotExist):
        organizations.change_location(by=organisatiebeheerder, location_id=foreign.pk, seen="", **VALUES)
    organizations.stop_location(by=organisatiebeheerder, location_id=foreign.pk, now=NOW)
    foreign.refresh_from_db()
    assert foreign.active


def test_people_change_their_own_profile(indiener):
    person = queries.user(indiener.user_id)
    seen = versions.fingerprint(person, ("full_name", "shortcuts_on"))
    profiles.change(by=indiener, seen=seen, full_name="Ilse Anders", shortcuts_on=False)
    with pytest.raises(versions.Changed):
        profiles.change(by=indiener, seen=seen, full_name="Ilse Weer", shortcuts_on=True)
    assert queries.actor_of(queries.user(indiener.user_id)).name == "Ilse Anders"
