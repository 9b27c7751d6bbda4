"""A file of activities with faults in it: what is good is registered, and the subtraject follows."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_file_with_faults_reopens_a_subtraject(journey):
    journey.a_zorgtraject_that_closed(opened=80, last=50)
    journey.she_goes_to_bring_a_file()
    journey.she_brings(journey.a_line(20), header="zorgtrajectnummer,zorgactiviteit")
    journey.then_the_portal_names_what_is_missing("niet gescheiden door een puntkomma")
    journey.she_brings(
        journey.a_line(20),
        journey.a_line(10),
        journey.a_line(9, code="1,9E+05"),
        journey.a_line(9, number="ZT404"),
        journey.a_line(100),
    )
    journey.then_the_portal_has_checked_it()
    journey.then_a_line_is_wrong(4, "zorgactiviteit", "1,9E+05", "Excel heeft van deze code een getal gemaakt")
    journey.then_a_line_is_wrong(5, "zorgtrajectnummer", "ZT404", "Wij vinden dit zorgtraject niet")
    journey.then_a_line_is_wrong(6, "uitgevoerd_op", "", "Het zorgtraject begon op")
    journey.she_looks_at("Per zorgtraject")
    journey.me.sees("Heropent", "heropent. Het was gesloten op")
    journey.she_applies("Verwerk 2 regels")
    journey.me.sees("2 regels zijn vastgelegd. 3 foute regels zijn overgeslagen.")
    journey.then_the_zorgtraject_says("Heropend", "Ergotherapie")
