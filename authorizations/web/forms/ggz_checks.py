"""What the rules of the GGZ ask of people: a question for every value that a rule takes."""

from collections.abc import Mapping

from authorizations.domain.ggz_checks import RULES
from authorizations.web.forms.check_kinds import DAY, ONE_WORD, Asked, Questions, choice
from ggz_codes.domain import crisis, shipped
from ggz_codes.domain.crisis import CrisisQuestion
from ggz_codes.domain.mandatory_care import LegalBasis

FLAG = choice(("1", "Ja"), ("0", "Nee"))
DBC = choice(("initieel", "Een eerste dbc (initieel)"), ("vervolg", "Een vervolg-dbc"))
OPENED = Asked("Wanneer is de dbc geopend?", DAY, "Bijvoorbeeld 4 1 2020.")
STAY: Mapping[str, Asked] = {
    "dbc": Asked("Wat voor dbc is het?", DBC),
    "vmr": Asked("Is er in deze dbc verblijf met rechtvaardigingsgrond (VMR)?", FLAG),
    "behandelminuten": Asked(
        "Hoeveel minuten behandeling zijn er in deze dbc?", ONE_WORD, "Is er geen behandeling? Vul dan 0 in."
    ),
}


def _zorgtypes(*codes: str) -> tuple[tuple[str, str], ...]:
    return tuple((code, f"{code} {shipped.zorgtypes()[code].description}") for code in codes)


ASKED: Mapping[str, Mapping[str, Asked]] = {
    "zorgtype_crisis": {question.value: Asked(question.label, FLAG) for question in CrisisQuestion},
    "crisis_minuten": {
        "zorgtype": Asked("Welk zorgtype heeft de crisis-dbc?", choice(*_zorgtypes(*crisis.ZORGTYPES))),
        "minuten": Asked("Hoeveel minuten behandeling zijn er?", ONE_WORD, "Bijvoorbeeld 250."),
    },
    "declarant": {
        "zorgtype": Asked("Om welk zorgtype gaat het?", choice(*_zorgtypes(crisis.INSIDE, crisis.AFTER_INSIDE))),
        "door_of_namens_gebudgetteerde": Asked("Declareert u door of namens de zorgaanbieder met het budget?", FLAG),
        "tariefbeschikking": Asked("Is er een individuele tariefbeschikking?", FLAG),
    },
    "voorbereiding_zorgmachtiging": {
        "grondslag": Asked("Waarover ging het verzoek?", choice(*LegalBasis.choices())),
        "verzoek_OvJ_aan_geneesheer_directeur": Asked(
            "Heeft de geneesheer-directeur het verzoek gekregen van de Officier van Justitie?", FLAG
        ),
        "aantal_beoordelingen": Asked("Hoeveel beoordelingen zijn er geweest?", ONE_WORD, "Bijvoorbeeld 1."),
        "aantal_25B095": Asked("Hoe vaak wilt u 25B095 registreren?", ONE_WORD, "Bijvoorbeeld 1."),
    },
    "zt254": STAY,
    "vmr_vervolg": {**STAY, "dbc_geopend": OPENED},
    "diagnostiek_minuten": {
        "minuten": Asked("Hoeveel minuten diagnostiek zijn er?", ONE_WORD, "Bijvoorbeeld 900."),
        "dbc_geopend": OPENED,
    },
    "ozp_eerstelijnsdiagnostiek": {"datum": Asked("Op welke dag was de diagnostiek?", DAY, "Bijvoorbeeld 4 1 2020.")},
    "code_geldig_op_openingsdatum": {
        "code": Asked("Om welke code gaat het?", ONE_WORD, "Bijvoorbeeld 25B130."),
        "dbc_geopend": OPENED,
    },
}
BY_RULE = {name: Questions(rule.title, rule.written, ASKED[name]) for name, rule in RULES.items()}
