"""The words of the field: closed lists with the label that people read. The value is stored, never the label."""

from kit.terms import Term


class Kind(Term):
    """What is asked for. Bron: Z-29 (Zilveren Kruis, the two entry buttons); G-01 (verblijf, GGZ)."""

    MSR_FIRST = "msr_first", "MSR aanvraag"
    MSR_FOLLOW_UP = "msr_follow_up", "MSR vervolgaanvraag"
    GGZ_STAY = "ggz_stay", "GGZ verblijf"


class Indication(Term):
    """Bron: Z-14 to Z-18 (Zilveren Kruis, information 2 and 3); G-02 (GGZ)."""

    CHRONIC_PAIN = "chronic_pain", "Chronische pijn"
    OTHER = "other", "Overige indicatie"
    PSYCHIC = "psychic", "Psychische stoornis"


class Setting(Term):
    """Bron: domain.md section 2 (setting); A-32 (admission asks for the VRA indication)."""

    OUTPATIENT = "outpatient", "Poliklinisch"
    DAY_TREATMENT = "day_treatment", "Dagbehandeling"
    INPATIENT = "inpatient", "Klinische opname"


class Referrer(Term):
    """Bron: A-31 (a.s.r.: the first three), Z-11 ("een arts"); R-16."""

    HUISARTS = "huisarts", "Huisarts"
    BEDRIJFSARTS = "bedrijfsarts", "Bedrijfsarts"
    MEDISCH_SPECIALIST = "medisch_specialist", "Medisch specialist"
    ANDERE_ARTS = "andere_arts", "Andere arts"


class Discipline(Term):
    """The disciplines of an MSR team. Bron: Z-20; R-17; codes.md section 2 (weights of 2017)."""

    REVALIDATIEARTS = "revalidatiearts", "Revalidatiearts"
    FYSIOTHERAPIE = "fysiotherapie", "Fysiotherapie"
    ERGOTHERAPIE = "ergotherapie", "Ergotherapie"
    PSYCHOLOGIE = "psychologie", "Psychologie"
    MAATSCHAPPELIJK_WERK = "maatschappelijk_werk", "Maatschappelijk werk"
    LOGOPEDIE = "logopedie", "Logopedie"
    BEWEGINGSTHERAPIE = "bewegingstherapie", "Bewegingstherapie"
    ORTHOPEDAGOGIEK = "orthopedagogiek", "Orthopedagogiek"
    DIETETIEK = "dietetiek", "Diëtetiek"
    VERPLEGING = "verpleging", "Verpleging"
    OVERIG = "overig", "Overige discipline"


class DocumentKind(Term):
    """The items of the checklist. Bron: Z-11, Z-16, A-31 to A-33, G-06; R-38."""

    VERWIJSBRIEF = "verwijsbrief", "Verwijsbrief van een arts"
    HUISARTSENJOURNAAL = "huisartsenjournaal", "Huisartsenjournaal"
    BEHANDELVERSLAG_LICHAMELIJK = "behandelverslag_lichamelijk", "Behandelverslag lichamelijke klachten"
    BEHANDELVERSLAG_PSYCHOSOCIAAL = "behandelverslag_psychosociaal", "Behandelverslag psychosociale klachten"
    BRIEVEN_EERSTE_LIJN = "brieven_eerste_lijn", "Brieven van behandelaren in de eerste lijn"
    VRA_INDICATIE = "vra_indicatie", "Klinische opname-indicatie volgens de VRA"
    BEHANDELPLAN = "behandelplan", "Behandelplan"
    PRIVACYVERKLARING = "privacyverklaring", "Privacyverklaring"
    OVERIG = "overig", "Ander document"


class Verdict(Term):
    """How a criterion is judged. Bron: R-13."""

    MET = "met", "Voldaan"
    NOT_MET = "not_met", "Niet voldaan"
    UNCLEAR = "unclear", "Onvoldoende informatie"


class DocumentVerdict(Term):
    """How the reviewer judges a document."""

    ACCEPTED = "accepted", "Akkoord"
    INCOMPLETE = "incomplete", "Onvolledig"


class Origin(Term):
    """Why a document came in. Bron: Z-30; R-21."""

    FILING = "filing", "Bij de aanvraag"
    OWN_INITIATIVE = "own_initiative", "Op eigen initiatief"
    ON_REQUEST = "on_request", "Op verzoek"
    HEROVERWEGING = "heroverweging", "Bij een heroverweging"
    CHANGE = "change", "Bij een wijziging van de machtiging"


class Feature(Term):
    """What a document should carry. Bron: Z-21 (Zilveren Kruis, information 6); R-31."""

    SIGNED = "signed", "Ondertekening"
    PROFESSION = "profession", "Beroep"
    BIG_NUMBER = "big_number", "BIG-nummer"
    LETTERHEAD = "letterhead", "Briefpapier van de praktijk"
    DATED = "dated", "Datum"


class FeatureAnswer(Term):
    """Bron: R-31: yes, no or not applicable; "no" is a signal, never an obstacle."""

    YES = "yes", "Ja"
    NO = "no", "Nee"
    NOT_APPLICABLE = "not_applicable", "Niet van toepassing"


class Outcome(Term):
    """What a decision says. Bron: domain.md section 2 (outcomes)."""

    GRANTED = "granted", "Toegekend"
    PARTLY_GRANTED = "partly_granted", "Gedeeltelijk toegekend"
    DENIED = "denied", "Afgewezen"


class Addressee(Term):
    """Who a letter is for. Bron: domain.md section 6 (two addressees); R-36."""

    PROVIDER = "provider", "Zorgaanbieder"
    INSURED = "insured", "Verzekerde"


class LetterKind(Term):
    """Bron: domain.md section 6 (decision letter minimum, complaints)."""

    RECEIPT = "receipt", "Ontvangstbevestiging"
    GRANTED = "granted", "Toekenning"
    PARTLY_GRANTED = "partly_granted", "Gedeeltelijke toekenning"
    DENIED = "denied", "Afwijzing"
    UPHELD = "upheld", "Heroverweging: besluit bevestigd"
    REVISED = "revised", "Heroverweging: besluit herzien"
    CHANGED = "changed", "Wijziging van de machtiging"


class TreatmentKind(Term):
    """What an earlier treatment was for. Bron: Z-14, Z-15 (Zilveren Kruis, information 2); R-14."""

    PHYSICAL = "physical", "Lichamelijke klachten"
    PSYCHOSOCIAL = "psychosocial", "Psychosociale factoren of gedrag"


class Domain(Term):
    """The domains of functioning. Bron: Z-05 ("meerdere domeinen", without a list); I-03; domain.md section 5."""

    PHYSICAL = "physical", "Lichamelijk functioneren"
    PSYCHIC = "psychic", "Psychisch functioneren"
    SOCIAL = "social", "Sociaal functioneren"
    ACTIVITIES = "activities", "Dagelijkse activiteiten"
    PARTICIPATION = "participation", "Meedoen: werk, school en gezin"


class WpnLevel(Term):
    """Levels of the Werkgroep Pijnrevalidatie Nederland: a signal, never a decision. Bron: domain.md section 5."""

    ONE = "1", "WPN 1"
    TWO = "2", "WPN 2"
    THREE = "3", "WPN 3"
    FOUR = "4", "WPN 4"


class DiagnosisGroup(Term):
    """The main groups of diagnoses, after the module groups of the branch. Bron: domain.md sections 2 and 5 (M)."""

    PAIN = "pain", "Pijn"
    NEUROLOGY = "neurology", "Neurologie"
    ONCOLOGY_ORGANS = "oncology_organs", "Oncologie en organen"
    AMPUTATION_TRAUMA = "amputation_trauma", "Amputatie, trauma en dwarslaesie"
    HEART_LUNG_DIABETES = "heart_lung_diabetes", "Hart, longen en diabetes"
    CHILDREN = "children", "Kinderrevalidatie"
    OTHER = "other", "Andere groep"
