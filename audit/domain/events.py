"""What may happen to a dossier, in the words of NEN 7513, and how an event is told apart."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any, Self

from kit.terms import Term

CODE_SYSTEM = "urn:machtigingsportaal:gebeurtenis:1"
"""The list that the codes of `Kind` come from (NEN 7513: the code system of the event)."""


class Action(StrEnum):
    """What is done with the data (EventActionCode). Bron: NEN 7513, RFC 3881."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    DELETE = "D"
    EXECUTE = "E"


class Outcome(IntEnum):
    """
    How it went (EventOutcomeIndicator).

    Done; not done because of what was filled in; refused by the portal; or gone wrong. Bron: NEN 7513, RFC 3881.
    """

    DONE = 0
    NOT_DONE = 4
    REFUSED = 8
    FAILED = 12

    @property
    def words(self) -> str:
        """Say it to people."""
        return {0: "Gelukt", 4: "Niet gelukt", 8: "Geweigerd", 12: "Fout"}[self.value]


class LifeCycle(IntEnum):
    """What happens to the data (ParticipantObjectDataLifeCycle). Bron: RFC 3881."""

    ORIGINATION = 1
    AMENDMENT = 3
    ACCESS = 6
    REPORT = 8
    DISCLOSURE = 10
    LOGICAL_DELETION = 14


class Network(IntEnum):
    """Where somebody came in from (NetworkAccessPointTypeCode). Bron: RFC 3881."""

    MACHINE_NAME = 1
    ADDRESS = 2


class Sensitivity(StrEnum):
    """How much of a dossier was shown (ParticipantObjectSensitivity)."""

    NONE = ""
    STATUS = "status"
    MEDICAL = "medisch"


class Purpose(Term):
    """Why somebody works with a dossier (PurposeOfUse), derived from what he or she does. Bron: NEN 7513."""

    REQUESTING = "aanvragen", "een machtiging aanvragen en volgen"
    REVIEWING = "beoordelen", "een aanvraag beoordelen"
    POSTING = "post", "brieven versturen"
    HANDLING = "verwerken", "automatische verwerking door het portaal"
    ACCOUNTS = "toegang", "toegang beheren"
    LOGGING = "logboek", "toezicht op het gebruik"


class Kind(StrEnum):
    """A kind of event: its code, its words, what it does with the data (EventTypeCode). Bron: NEN 7513, chapter 6."""

    label: str
    action: Action
    life_cycle: LifeCycle

    def __new__(cls, value: str, label: str, action: str, life_cycle: int) -> Self:
        kind = str.__new__(cls, value)
        kind._value_, kind.label = value, label
        kind.action, kind.life_cycle = Action(action), LifeCycle(life_cycle)
        return kind

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, label) pairs, for forms."""
        return [(kind.value, kind.label) for kind in cls]

    LIST = "lijst", "bekeek een lijst met aanvragen", "R", 6
    SEARCH = "zoeken", "zocht in de aanvragen", "R", 6
    READ = "lezen", "bekeek de aanvraag", "R", 6
    START = "beginnen", "begon een aanvraag", "C", 1
    FILL_IN = "invullen", "vulde de aanvraag in", "U", 3
    FILE = "indienen", "diende de aanvraag in", "U", 3
    WITHDRAW = "intrekken", "trok de aanvraag in", "U", 3
    AMEND = "wijzigen", "begon een gewijzigde aanvraag", "C", 1
    DELETE = "verwijderen", "verwijderde een concept", "D", 14
    UPLOAD = "document_toevoegen", "voegde een document toe of beschreef het", "C", 1
    DOCUMENT = "document_lezen", "bekeek een document", "R", 6
    PAGE = "document_bladzijde", "bekeek een bladzijde van een document", "R", 6
    DOWNLOAD = "document_ophalen", "haalde een document op", "R", 10
    LETTER = "brief_lezen", "haalde een brief op", "R", 10
    DOSSIER = "dossier_ophalen", "haalde het hele dossier op", "E", 10
    PRINT = "printen", "haalde brieven op om te printen", "R", 8
    POST = "post_bijwerken", "werkte de post bij", "U", 3
    ASSIGN = "verdelen", "verdeelde het werk aan de aanvraag", "U", 3
    JUDGE = "beoordelen", "legde een oordeel of notitie vast", "U", 3
    ASK = "vragen_stellen", "stelde vragen of reageerde op een vraag", "U", 3
    ANSWER = "vragen_beantwoorden", "beantwoordde vragen", "U", 3
    ACTIVITIES_BROUGHT = "activiteiten_inlezen", "las een bestand met activiteiten in of liet het verwerken", "C", 1
    ACTIVITIES_READ = "activiteiten_bekijken", "bekeek een bestand met activiteiten", "R", 6
    ACTIVITIES_FAULTS = "activiteiten_ophalen", "haalde de fouten uit een bestand met activiteiten op", "R", 10
    ACTIVITIES_APPLIED = "activiteiten_vastleggen", "legde activiteiten uit een bestand vast", "C", 1
    ACTIVITIES_TOLD = "activiteiten_programma", "legde activiteiten vast met een programma", "C", 1
    CHECK_BROUGHT = "controle_bestand", "liet een bestand controleren, of stopte of verwijderde die controle", "E", 1
    CHECK_READ = "controle_bekijken", "bekeek de controle van een bestand", "R", 6
    CHECK_TAKEN = "controle_ophalen", "haalde de uitkomst van een controle op", "R", 10
    DECIDE = "besluiten", "nam een besluit of bereidde het voor", "U", 3
    RECONSIDER = "heroverweging_vragen", "vroeg heroverweging of voegde er stukken aan toe", "C", 1
    ASK_CHANGE = "machtiging_wijzigen", "vroeg om een machtiging te wijzigen", "C", 1
    OVERLEG = "overleg", "sprak overleg af of legde de uitkomst vast", "U", 3
    PRIVACY = "privacyverklaring", "gaf, controleerde of trok een privacyverklaring in", "U", 3
    LINK = "link_verzekerde", "maakte of beëindigde een link voor de verzekerde", "U", 3
    STAND = "stand_bekijken", "bekeek met een link hoe de aanvraag ervoor staat", "R", 6
    COULANCE_READ = "coulance_lezen", "bekeek een coulanceverzoek", "R", 6
    COULANCE_TOLD = "coulance_bijwerken", "werkte aan een coulanceverzoek", "U", 3
    CLAIMS = "declaraties", "bekeek een lijst met declaraties", "R", 6
    CLAIM_READ = "declaratie_lezen", "bekeek een declaratie", "R", 6
    CLAIM_TOLD = "declaratie_bijwerken", "legde een declaratie vast, wijzigde of verwijderde haar", "U", 3
    HOLD = "vasthouden", "hield een dossier vast of liet het los", "U", 3
    TRAJECTS = "zorgtrajecten", "bekeek een lijst met zorgtrajecten", "R", 6
    TRAJECT_READ = "zorgtraject_lezen", "bekeek het zorgtraject", "R", 6
    TRAJECT_BEGIN = "zorgtraject_beginnen", "begon een zorgtraject", "C", 1
    TRAJECT_TOLD = "zorgtraject_bijwerken", "legde iets vast in het zorgtraject", "U", 3
    TRAJECT_FILE_READ = "nummers_bekijken", "bekeek een bestand met dbc’s of omgezette nummers", "R", 6
    TRAJECT_FILE_TOLD = "nummers_inlezen", "las een bestand met dbc’s of omgezette nummers in", "C", 1
    TITLES = "overgenomen", "bekeek een lijst met overgenomen machtigingen", "R", 6
    TITLE_READ = "overgenomen_lezen", "bekeek een overgenomen machtiging", "R", 6
    TITLE_TOLD = "overgenomen_vastleggen", "legde een overgenomen machtiging vast of verwijderde haar", "C", 1
    SHOW_NUMBER = "bsn_tonen", "bekeek het volledige burgerservicenummer", "R", 6
    PHONED = "telefoon", "controleerde aan de telefoon wie er belde", "R", 6
    FIND_INSURED = "bsn_zoeken", "zocht op burgerservicenummer", "R", 6
    LOG_IN = "inloggen", "logde in", "E", 6
    PASSWORD = "wachtwoord", "gaf het goede wachtwoord; de tweede stap volgt", "E", 6
    LOG_OUT = "uitloggen", "logde uit", "E", 6
    CONFIRM = "bevestigen", "toonde opnieuw wie hij of zij is", "E", 6
    ACCESS_CHANGED = "toegang_wijzigen", "wijzigde wie toegang heeft", "U", 3
    LOG_READ = "logboek_lezen", "bekeek het logboek", "R", 6
    LOG_EXPORT = "logboek_ophalen", "haalde gegevens uit het logboek", "E", 10
    LOG_SIGNED = "logboek_aftekenen", "tekende de controle van het logboek af", "U", 3
    LOG_CHECKED = "logboek_controleren", "controleerde of het logboek heel is", "E", 6
    LOG_ERASED = "logboek_opschonen", "verwijderde regels die de bewaartermijn voorbij zijn", "D", 14
    INSURED_OVERVIEW = "inzage_verzekerde", "maakte voor een verzekerde het overzicht van inzage", "R", 10
    WORK_LETTER = "brief_maken", "maakte een brief", "E", 1
    WORK_MAIL = "mail_versturen", "verstuurde een bericht zonder inhoud over de aanvraag", "E", 6
    WORK_PAGES = "bladzijden_maken", "maakte bladzijden van een document leesbaar", "E", 6
    WORK_SCAN = "bestand_controleren", "controleerde een bestand op virussen", "E", 6
    WORK_TERM = "termijn_bewaken", "waarschuwde voor het einde van de beslistermijn", "E", 6
    WORK_RETURNED = "werk_teruggelegd", "legde werk van wie er niet is terug in de werkvoorraad", "U", 3
    WORK_CLOSING = "subtrajecten_bewaken", "bewaakte het einde van subtrajecten", "U", 3
    UNLISTED = "overig", "gebruikte een andere pagina", "E", 6


@dataclass(frozen=True)
class Subject:
    """A dossier that was shown or touched, in plain values; the insured by a keyed hash, never by number or name."""

    reference: str
    request_id: int | None = None
    provider_id: int | None = None
    insurer_id: int | None = None
    insured: str = ""
    consented: bool = False
    same_name: bool = False

    @property
    def organizations(self) -> tuple[int, ...]:
        """The organisations whose dossier this is."""
        return tuple(id for id in (self.provider_id, self.insurer_id) if id is not None)

    def plain(self) -> dict[str, Any]:
        """Return what the log keeps of it."""
        return {
            "aanvraag": self.reference,
            "id": self.request_id,
            "aanbieder": self.provider_id,
            "verzekeraar": self.insurer_id,
            "verzekerde": self.insured,
        }


@dataclass(frozen=True)
class Who:
    """Who acts, as things stood at that moment."""

    user_id: int | None = None
    name: str = ""
    login: str = ""
    external_login: str = ""
    roles: tuple[str, ...] = ()
    organization_id: int | None = None
    organization_name: str = ""
    on_behalf_of_id: int | None = None
    on_behalf_of: str = ""
    is_requestor: bool = True


@dataclass(frozen=True)
class Where:
    """From which machine, by which request, and which part of the portal writes this down."""

    network: Network | None = None
    address: str = ""
    request_id: str = ""
    source_type: int = 4


@dataclass(frozen=True)
class Event:
    """Everything that one row of the log says; its moment is the database's, `began_at` only tells working hours."""

    kind: Kind
    who: Who
    where: Where
    purpose: Purpose
    outcome: Outcome = Outcome.DONE
    action: Action | None = None
    subjects: tuple[Subject, ...] = ()
    sensitivity: Sensitivity = Sensitivity.NONE
    detail: dict[str, Any] = field(default_factory=dict)
    took_ms: int = 0
    began_at: datetime | None = None


def checks(event: Event) -> str:
    """
    Return which controls were passed, as T or F: authorisation, treatment relation, consent, emergency procedure.

    The relation of a zorgaanbieder or zorgverzekeraar to a dossier is that it was filed by or sent to them. Consent is
    what the provider declares on filing (R-23). There is no emergency procedure in the portal.

    Bron: NEN 7513, "controles"; R-23.
    """
    dossiers = event.subjects
    related = bool(dossiers) and all(event.who.organization_id in subject.organizations for subject in dossiers)
    consented = bool(dossiers) and all(subject.consented for subject in dossiers)
    return "".join("T" if passed else "F" for passed in (event.outcome < Outcome.REFUSED, related, consented, False))
