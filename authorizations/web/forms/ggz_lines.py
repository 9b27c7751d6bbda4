"""What a whole line of a GGZ declaration asks of people: a question per column, in groups."""

from collections.abc import Mapping

from authorizations.domain.dbcs import DbcKind
from authorizations.domain.ggz_line_answers import LinePart
from authorizations.domain.ggz_line_rows import ASSESSMENTS, BY, GOES_ON, PLAN, REGISTERED, REQUESTED, TARIFF
from authorizations.web.forms.check_kinds import DAY, ONE_WORD, YES_NO, Asked, Page, choice
from authorizations.web.forms.ggz_checks import ASKED as BY_RULE
from ggz_codes.domain.crisis import CrisisQuestion
from ggz_codes.domain.mandatory_care import LegalBasis

YES_OR_NO = choice(*YES_NO)
OF_DBC = choice((DbcKind.INITIAL.value, "Een eerste dbc (initieel)"), (DbcKind.VERVOLG.value, "Een vervolg-dbc"))
PART = choice(("", "Behandeling, crisis of diagnostiek"), *LinePart.choices())
PREPARATION, DECLARANT = BY_RULE["voorbereiding_zorgmachtiging"], BY_RULE["declarant"]
ASKED: Mapping[str, Asked] = {
    "code": Asked("Welke code wilt u declareren?", ONE_WORD, "De declaratiecode, bijvoorbeeld 25B130."),
    "zorgtype": Asked("Welk zorgtype heeft de dbc?", ONE_WORD, "3 cijfers, bijvoorbeeld 303.", False),
    "dbc": Asked("Wat voor dbc is het?", OF_DBC, required=False),
    "dbc_geopend": Asked("Wanneer is de dbc geopend?", DAY, "Bijvoorbeeld 4 1 2020.", False),
    "minuten": Asked(
        "Hoeveel minuten behandeling, crisis of diagnostiek zijn er in de dbc?",
        ONE_WORD,
        "Is er geen behandeling? Vul dan 0 in.",
        False,
    ),
    "vmr": Asked("Is er in deze dbc verblijf met rechtvaardigingsgrond (VMR)?", YES_OR_NO, required=False),
    "deelprestatie": Asked("Wat declareert u?", PART, required=False),
    "uitgevoerd_op": Asked("Op welke dag was de eerstelijnsdiagnostiek?", DAY, "Alleen bij een ozp.", False),
    PLAN: Asked(CrisisQuestion.PLAN.label, YES_OR_NO, required=False),
    BY: Asked("Mag u declareren door of namens de zorgaanbieder met het budget?", YES_OR_NO, required=False),
    GOES_ON: Asked(CrisisQuestion.GOES_ON.label, YES_OR_NO, required=False),
    TARIFF: Asked(DECLARANT["tariefbeschikking"].label, YES_OR_NO, required=False),
    "grondslag": Asked(PREPARATION["grondslag"].label, choice(*LegalBasis.choices()), required=False),
    REQUESTED: Asked(PREPARATION[REQUESTED].label, YES_OR_NO, required=False),
    ASSESSMENTS: Asked(PREPARATION[ASSESSMENTS].label, ONE_WORD, PREPARATION[ASSESSMENTS].help, False),
    REGISTERED: Asked(PREPARATION[REGISTERED].label, ONE_WORD, PREPARATION[REGISTERED].help, False),
}
CRISIS = "Alleen bij een crisis: zorgtype 303 tot en met 306"
GROUPS = {
    "De regel": ("code", "zorgtype", "dbc", "dbc_geopend", "minuten"),
    "Verblijf en eerstelijnsdiagnostiek": ("deelprestatie", "vmr", "uitgevoerd_op"),
    CRISIS: (PLAN, BY, GOES_ON, TARIFF),
    "Alleen bij de voorbereiding van een zorgmachtiging: 25B095": ("grondslag", REQUESTED, ASSESSMENTS, REGISTERED),
}
PAGE = Page(
    "Of u een regel van een declaratie in de GGZ mag declareren: elke regel van de bron die erbij hoort, waarom niet, "
    "en wat u kunt doen.",
    ASKED,
    groups=GROUPS,
    hints={
        CRISIS: "Bent u ingelogd als zorgaanbieder, en heeft een verzekeraar uw budget vastgelegd? Wat u openlaat, "
        "vullen wij dan in. U ziet waar het vandaan komt."
    },
)
