"""Who lives in the invented world. Nobody here exists; the BSNs are official test numbers."""

from dataclasses import dataclass
from datetime import datetime

from accounts import queries as accounts
from accounts.domain.actors import Actor
from accounts.domain.roles import OrganizationKind, Role
from accounts.models import Location, Membership, Organization, User
from accounts.services import factors
from portal.world import codes

PASSWORD = "zeven blauwe fietsen in de regen"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """Somebody with an account."""

    email: str
    name: str
    profession: str
    roles: tuple[Role, ...]
    organization: str
    big_number: str = ""


DECIDES = (Role.MEDISCH_ADVISEUR,)
KEEPS_THE_LOG = (Role.LOGBEHEERDER,)
TREATS = (Role.BEHANDELAAR, Role.INDIENER)
ESDOORN, DUIN, WILG = "Revalidatie De Esdoorn", "Revalidatiecentrum Het Duin", "Kliniek De Wilg"
LARIKS = "GGZ-kliniek De Lariks"
ZILVEREN_KRUIS, ASR = "Zilveren Kruis", "a.s.r."

PROVIDERS = (
    (ESDOORN, "22991001", "Esdoornlaan 1", "1234 AB", "Voorbeeldstad", ("Voorbeeldstad", "Proefdorp")),
    (DUIN, "22991002", "Duinweg 12", "4321 BA", "Proefstad", ("Proefstad",)),
    (WILG, "22991003", "Wilgenpad 5", "2345 CD", "Testdam", ("Testdam",)),
    (LARIKS, "06991004", "Lariksplein 3", "3456 DE", "Proefdorp", ("Proefdorp",)),
)
PEOPLE = (
    Person("sanne@esdoorn.example", "S. Verhoeven", "zorgadministrateur", (Role.INDIENER,), ESDOORN),
    Person("jansen@esdoorn.example", "M. Jansen", "revalidatiearts", (Role.BEHANDELAAR,), ESDOORN, "39000000101"),
    Person("lezer@esdoorn.example", "T. de Boer", "fysiotherapeut", (Role.LEZER,), ESDOORN),
    Person("beheer@esdoorn.example", "R. Smit", "praktijkmanager", (Role.ORGANISATIEBEHEERDER,), ESDOORN),
    Person("log@esdoorn.example", "H. Kramer", "functionaris gegevensbescherming", KEEPS_THE_LOG, ESDOORN),
    Person("duin@duin.example", "L. Mulder", "revalidatiearts", TREATS, DUIN, "49000000202"),
    Person("wilg@wilg.example", "P. de Groot", "revalidatiearts", TREATS, WILG, "59000000303"),
    Person("berg@lariks.example", "S. van den Berg", "psychiater", TREATS, LARIKS, "59000000808"),
    Person("noor@zk.example", "A. Meijer", "verzekeringsarts", DECIDES, ZILVEREN_KRUIS, "69000000404"),
    Person("kok@zk.example", "R. Kok", "verzekeringsarts", (Role.MEDISCH_ADVISEUR,), ZILVEREN_KRUIS, "79000000505"),
    Person("team@zk.example", "I. Vos", "teamleider", (Role.COORDINATOR,), ZILVEREN_KRUIS),
    Person("balie@zk.example", "D. Peters", "medewerker", (Role.MEDEWERKER,), ZILVEREN_KRUIS),
    Person("beheer@zk.example", "E. Hoekstra", "beheerder", (Role.BEHEERDER,), ZILVEREN_KRUIS),
    Person("log@zk.example", "F. Bos", "logbeheerder", KEEPS_THE_LOG, ZILVEREN_KRUIS),
    Person("adviseur@asr.example", "B. Willems", "verzekeringsarts", (Role.MEDISCH_ADVISEUR,), ASR, "89000000606"),
    Person("tweede@asr.example", "C. Dekker", "verzekeringsarts", (Role.MEDISCH_ADVISEUR,), ASR, "99000000707"),
)


def settle(now: datetime) -> None:
    """Give everybody a place to work and a way to log in; who is there already stays as he or she is."""
    for name, agb, street, postcode, city, places in PROVIDERS:
        provider, made = Organization.objects.get_or_create(
            agb_code=agb,
            defaults={
                "kind": OrganizationKind.PROVIDER.value,
                "name": name,
                "kvk_number": "9" + agb[1:],
                "vecozo_certificate": True,
                "street": street,
                "postcode": postcode,
                "city": city,
                "phone": "010 123 45 67",
            },
        )
        if made:
            Location.objects.bulk_create(
                Location(organization=provider, name=f"{name}, {place}", street=street, postcode=postcode, city=place)
                for place in places
            )
    for person in PEOPLE:
        if accounts.user_by_email(person.email):
            continue
        user = User.objects.create_user(
            email=person.email,
            password=PASSWORD,
            full_name=person.name,
            profession=person.profession,
            big_number=person.big_number,
        )
        factors.give_app(user=user, secret=codes.secret_of(person.email))
        organization = Organization.objects.get(name=person.organization)
        Membership.objects.bulk_create(
            Membership(
                user=user,
                organization=organization,
                organization_kind=organization.kind,
                role=role.value,
                started_at=now,
                started_by=user,
            )
            for role in person.roles
        )


def actor(email: str) -> Actor:
    """Return somebody of this world at work."""
    user = accounts.user_by_email(email)
    found = accounts.actor_of(user) if user else None
    if found is None:
        raise LookupError(f"{email} woont hier niet.")
    return found
