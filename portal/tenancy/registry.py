"""
Every table with its verdict: whose rows it holds, and what the portal may do with it.

A table without a verdict here breaks the build (tests/portal/tenancy). `secure_database` makes PostgreSQL as it stands
here. Bron: security.md 4.7; ASVS 8.4.1 and 13.2.2.
"""

from dataclasses import dataclass, replace

from kit import tenancy
from portal.tenancy import policies
from portal.tenancy.policies import ALWAYS, NEVER, ROW, Rule, any_of, of_organization, through

READ = frozenset({"SELECT"})
ADD = READ | {"INSERT"}
KEEP = ADD | {"UPDATE"}
ALL = KEEP | {"DELETE"}
COUNTED = frozenset({"MAINTAIN"})
"""A table of which the portal lets PostgreSQL count the rows when many have changed (from version 17 on)."""

# Parts of the portal that ask for somebody who isn't known yet, or for what concerns everybody, and see little.
HEALTH, FAILURES, MAIL, CLOSING = "health", "failures", "mail", "closing"
LOG, ACCESS, KEYS, RELEASES, ROUTING, INSURED = "log", "access", "keys", "releases", "routing", "insured"


@dataclass(frozen=True)
class Table:
    """`rule` says whose the rows are; a table without one says in `why` why everybody may see all of it."""

    grants: frozenset[str]
    rule: Rule | None = None
    why: str = ""


REQUEST = "authorizations_authorizationrequest"
DOCUMENT = "authorizations_document"
LETTER = "authorizations_requestletter"
READING = "authorizations_documentreading"
ASKED, ITEM = "authorizations_informationrequest", "authorizations_informationitem"
GRANT = "authorizations_grant"
TEAM = "authorizations_team"
HEROVERWEGING = "authorizations_heroverweging"
POLICY_DRAFT, REPLAY = "authorizations_policydraft", "authorizations_policyreplay"
CHANGE = "authorizations_grantchange"
TAKEN_OVER = "authorizations_takenover"
QUESTIONNAIRE, QUESTIONNAIRE_PAPER = "contracting_questionnaire", "contracting_questionnairepaper"
COULANCE, COULANCE_PAPER = "authorizations_coulancerequest", "authorizations_coulancepaper"
SEASON, START_LETTER = "contracting_season", "contracting_startletter"
FILE, BATCH = "papers_file", "papers_printbatch"
OF_REQUEST = Rule(through("authorization_id", REQUEST))
OPINION = "authorizations_opinion"
OF_INSURER = Rule(through("authorization_id", REQUEST, only=f"above.insurer_id = {policies.ORGANIZATION}"))
WORK = frozenset({HEALTH, FAILURES})
EVERYBODYS = Rule(ALWAYS, writes=NEVER)
"""What any visitor may read and only a command writes."""

REQUESTS = {
    # The insurer never sees a draft. Bron: decisions.md, "Who may do what".
    REQUEST: Table(
        ALL,
        Rule(
            any_of(of_organization("provider_id"), f"({of_organization('insurer_id')} AND {ROW}.status <> 'draft')"),
            deletes=f"{of_organization('provider_id')} AND {ROW}.status = 'draft'",
            # Of a refusal the log must know whose dossier it was.
            systems=frozenset({LOG}),
        ),
    ),
    "authorizations_insured": Table(ALL, OF_REQUEST),
    # Written once. Only with a whole draft, which was never filed, it goes.
    "authorizations_statusevent": Table(
        ADD | {"DELETE"},
        Rule(
            through("authorization_id", REQUEST),
            deletes=through("authorization_id", REQUEST, only="above.status = 'draft'"),
        ),
    ),
    "authorizations_termpause": Table(ALL, OF_REQUEST),
    "authorizations_termwarning": Table(ALL, OF_REQUEST),
    "authorizations_checklistanswer": Table(ALL, OF_REQUEST),
    DOCUMENT: Table(ALL, OF_REQUEST),
    "authorizations_documentitem": Table(ALL, Rule(through("document_id", DOCUMENT))),
    READING: Table(ALL, Rule(through("document_id", DOCUMENT))),
    "authorizations_readinganswer": Table(ALL, Rule(through("reading_id", READING))),
    "authorizations_evidencepin": Table(ALL, Rule(through("document_id", DOCUMENT))),
    # Nobody's judgement yet, so its writer's alone; it goes when the request is closed, by whomever.
    "authorizations_deskdraft": Table(
        ALL,
        Rule(
            f"{ROW}.user_id = {policies.USER} AND {through('authorization_id', REQUEST)}",
            systems=frozenset({CLOSING}),
        ),
    ),
    # How somebody likes to look at the queue: nobody else's business, also not a colleague's.
    "authorizations_savedview": Table(
        ALL, Rule(f"{ROW}.user_id = {policies.USER} AND {of_organization('organization_id')}")
    ),
    # Who works together at an insurer; filing a request looks in it for whose it becomes.
    TEAM: Table(
        ALL,
        Rule(any_of(of_organization("insurer_id"), policies.system(ROUTING)), writes=of_organization("insurer_id")),
    ),
    "authorizations_teammember": Table(ALL, Rule(through("team_id", TEAM))),
    "authorizations_queuecolumns": Table(
        ALL, Rule(f"{ROW}.user_id = {policies.USER} AND {of_organization('organization_id')}")
    ),
    # When somebody is away: the own insurer's business, and the clock's.
    "authorizations_absence": Table(ALL, Rule(of_organization("organization_id"))),
    "authorizations_criterionassessment": Table(ALL, OF_REQUEST),
    ASKED: Table(ALL, OF_REQUEST),
    ITEM: Table(ALL, Rule(through("information_request_id", ASKED))),
    "authorizations_counterquestion": Table(ALL, Rule(through("item_id", ITEM))),
    "authorizations_questionreminder": Table(ALL, Rule(through("information_request_id", ASKED))),
    "authorizations_decision": Table(ALL, OF_REQUEST),
    # What colleagues thought of a proposal is of the insurer alone, also after the decision.
    OPINION: Table(ALL, OF_INSURER),
    "authorizations_opinionverdict": Table(ALL, Rule(through("opinion_id", OPINION))),
    # Written once by the clock: it says something of the indication, and is the insurer's alone.
    "authorizations_ruleapproval": Table(ADD | {"DELETE"}, OF_INSURER),
    HEROVERWEGING: Table(ALL, OF_REQUEST),
    "authorizations_heroverwegingpaper": Table(ALL, Rule(through("heroverweging_id", HEROVERWEGING))),
    CHANGE: Table(ALL, OF_REQUEST),
    "authorizations_grantchangepaper": Table(ALL, Rule(through("change_id", CHANGE))),
    "authorizations_overleg": Table(ALL, OF_REQUEST),
    "authorizations_privacyverklaring": Table(ALL, OF_REQUEST),
    # Whose link it is, is known when it was found by the hash of its code.
    "authorizations_insuredlink": Table(ALL, replace(OF_REQUEST, systems=frozenset({INSURED}))),
    GRANT: Table(ADD | {"DELETE"}, Rule(through("authorization_id", REQUEST), deletes=NEVER)),
    "authorizations_granthours": Table(ADD | {"DELETE"}, Rule(through("grant_id", GRANT), deletes=NEVER)),
    LETTER: Table(ALL, OF_REQUEST),
    # Of both sides, whoever of the two registered it.
    TAKEN_OVER: Table(ALL, Rule(any_of(of_organization("provider_id"), of_organization("insurer_id")))),
    "authorizations_statement": Table(
        ADD, why="Een verklaring gaat over niemand: code, dag en beleid, voor wie het vroeg."
    ),
    # What any visitor may read; an insurer adds to its own, and a trigger refuses every change.
    "authorizations_policyversion": Table(ADD, Rule(ALWAYS, writes=of_organization("insurer_id"))),
    POLICY_DRAFT: Table(ALL, Rule(of_organization("insurer_id"))),
    REPLAY: Table(ALL, Rule(through("draft_id", POLICY_DRAFT))),
    "authorizations_replayeffect": Table(ALL, Rule(through("replay_id", REPLAY))),
    # Counted by the clock; read by the insurer, and of each quarter a part by everybody.
    "authorizations_figuresday": Table(KEEP, why="Welke dagen zijn geteld: geen gegevens."),
    "authorizations_dayfigure": Table(ADD | {"DELETE"}, Rule(of_organization("insurer_id"), writes=NEVER)),
    "authorizations_publicfigures": Table(ADD, EVERYBODYS),
    # Of the insurer that wrote it; what was written stays.
    "authorizations_standardparagraph": Table(KEEP, Rule(of_organization("insurer_id"))),
    # A hold that was lifted goes with its whole dossier, when the term of that is over; nobody else removes one.
    "authorizations_legalhold": Table(ALL, Rule(through("authorization_id", REQUEST), deletes=NEVER)),
    "authorizations_retentionrun": Table(KEEP, why="Wanneer er is opgeschoond en of dat klaar is: geen gegevens."),
    "authorizations_retentionreport": Table(KEEP, Rule(of_organization("organization_id"), writes=NEVER)),
}
# What a provider tells an insurer beside any request: of both sides.
OF_COULANCE = Rule(
    through("coulance_id", COULANCE), deletes=through("coulance_id", COULANCE, only="above.status = 'draft'")
)
OF_BOTH = any_of(of_organization("provider_id"), of_organization("insurer_id"))
NOTICES = {
    "authorizations_ceilingnotice": Table(ALL, Rule(OF_BOTH, deletes=NEVER)),
    # The insurer never sees a draft; what was filed, stays.
    COULANCE: Table(
        ALL,
        Rule(
            any_of(of_organization("provider_id"), f"({of_organization('insurer_id')} AND {ROW}.status <> 'draft')"),
            deletes=f"{of_organization('provider_id')} AND {ROW}.status = 'draft'",
        ),
    ),
    "authorizations_coulanceclaim": Table(ALL, OF_COULANCE),
    COULANCE_PAPER: Table(ALL, OF_COULANCE),
}
# A file that somebody lets go through a check: of the own organisation alone.
CHECK_RUN = "authorizations_checkrun"
CHECKS = {
    CHECK_RUN: Table(ALL, Rule(of_organization("organization_id"))),
    "authorizations_checkmapping": Table(KEEP, Rule(of_organization("organization_id"))),
    "authorizations_checkrunpart": Table(ALL, Rule(through("run_id", CHECK_RUN))),
}
# The provider keeps it, the insurer looks on; the clock closes.
TRAJECT, SUBTRAJECT = "authorizations_zorgtraject", "authorizations_subtraject"
IMPORT = "authorizations_trajectimport"
OF_TRAJECT = Rule(
    through("zorgtraject_id", TRAJECT),
    writes=through("zorgtraject_id", TRAJECT, only=f"above.provider_id = {policies.ORGANIZATION}"),
)
TRAJECTS = {
    TRAJECT: Table(
        ALL,
        Rule(
            any_of(of_organization("provider_id"), of_organization("insurer_id")),
            writes=of_organization("provider_id"),
            deletes=NEVER,
            systems=frozenset({LOG}),
        ),
    ),
    "authorizations_trajectinsured": Table(ALL, OF_TRAJECT),
    SUBTRAJECT: Table(ALL, OF_TRAJECT),
    "authorizations_zorgactiviteit": Table(ALL, OF_TRAJECT),
    "authorizations_subtrajectevent": Table(ADD | {"DELETE"}, replace(OF_TRAJECT, deletes=NEVER)),
    "authorizations_dbc": Table(ALL, OF_TRAJECT),
    "authorizations_trajectnumber": Table(ALL, OF_TRAJECT),
    # Only who sees both zorgtrajecten sees that one may be the other.
    "authorizations_numbersignal": Table(
        ALL,
        replace(OF_TRAJECT, sees=f"{through('zorgtraject_id', TRAJECT)} AND {through('earlier_id', TRAJECT)}"),
    ),
    # A file that was brought, and what became of its lines: of the institution alone.
    "authorizations_trajectfile": Table(ALL, Rule(of_organization("organization_id"))),
    IMPORT: Table(ALL, Rule(of_organization("organization_id"))),
    "authorizations_trajectimportpart": Table(ALL, Rule(through("imported_id", IMPORT))),
    "authorizations_trajectimportrow": Table(ALL, Rule(through("imported_id", IMPORT))),
    "authorizations_trajectimporteffect": Table(ALL, Rule(through("imported_id", IMPORT))),
    # What a program asked and was answered: of the institution alone, until the night that forgets it.
    "authorizations_apicall": Table(ADD | {"DELETE"}, Rule(of_organization("organization_id"), deletes=NEVER)),
    # What an institution declares is its own business: the insurer gets it by another way.
    "authorizations_declaration": Table(ALL, Rule(of_organization("provider_id"))),
    "authorizations_subtrajectwarning": Table(ALL, Rule(through("subtraject_id", SUBTRAJECT))),
    "authorizations_closingnotice": Table(KEEP, Rule(of_organization("organization_id"), writes=NEVER)),
}
# Written once, also for the portal itself: only the owner erases, after five years (audit/management/erase_log).
OF_THE_LOG = f"({of_organization('organization_id')} OR {ROW}.organization_ids @> ARRAY[{policies.ORGANIZATION}])"
AUDIT = {
    "audit_accessevent": Table(ADD, Rule(OF_THE_LOG, writes=NEVER, systems=frozenset({LOG}))),
    "audit_logreview": Table(ADD, Rule(of_organization("organization_id"))),
    # Hashes only; the health page sees whether the chain is still the one that was remembered.
    "audit_seal": Table(ADD, Rule(NEVER, systems=frozenset({HEALTH}))),
    "audit_erasure": Table(ADD, Rule(NEVER)),
}
PAPERS = {
    # From the moment it comes in, and before it hangs on a request, a file or letter is of who brought or wrote it.
    FILE: Table(
        ALL,
        Rule(
            any_of(
                of_organization("owner_id"),
                through("id", DOCUMENT, "file_id"),
                through("id", TAKEN_OVER, "evidence_id"),
                through("id", QUESTIONNAIRE_PAPER, "file_id"),
                through("id", COULANCE_PAPER, "file_id"),
            ),
            systems=WORK,
        ),
    ),
    "papers_pageimage": Table(ALL, Rule(through("file_id", FILE))),
    "papers_letter": Table(
        ALL,
        Rule(
            any_of(
                of_organization("owner_id"),
                *(through("id", table, "letter_id") for table in (LETTER, COULANCE, QUESTIONNAIRE, START_LETTER)),
            ),
            systems=WORK,
        ),
    ),
    # No organisation reads mail: what it says stands on the page that it links to.
    "papers_mail": Table(ALL, Rule(NEVER, systems=WORK, adds=frozenset({MAIL}))),
    BATCH: Table(ALL, Rule(of_organization("sender_id"))),
    "papers_printitem": Table(ALL, Rule(of_organization("sender_id"))),
}
# What both sides of a contract see and the insurer writes; each step is written once, and so is what was made public.
CONTRACT, PUBLICATION, BUDGET = "contracting_contract", "contracting_publication", "contracting_ggzbudget"
CONTRACTS = {
    CONTRACT: Table(
        KEEP,
        Rule(
            any_of(of_organization("insurer_id"), of_organization("provider_id")), writes=of_organization("insurer_id")
        ),
    ),
    "contracting_contractstep": Table(
        ADD,
        Rule(
            through("contract_id", CONTRACT),
            writes=through("contract_id", CONTRACT, only=f"above.insurer_id = {policies.ORGANIZATION}"),
        ),
    ),
    # The insurer never sees a draft; while it judges it writes beside the answers.
    QUESTIONNAIRE: Table(
        KEEP,
        Rule(
            any_of(of_organization("provider_id"), f"({of_organization('insurer_id')} AND {ROW}.status <> 'concept')")
        ),
    ),
    "contracting_conditionreply": Table(KEEP, Rule(through("questionnaire_id", QUESTIONNAIRE))),
    QUESTIONNAIRE_PAPER: Table(ADD | {"DELETE"}, Rule(through("questionnaire_id", QUESTIONNAIRE))),
    # Of the insurer that noted it and the provider that has it; who declares on its behalf sees that, and no more.
    BUDGET: Table(
        KEEP,
        Rule(
            any_of(of_organization("insurer_id"), of_organization("provider_id")), writes=of_organization("insurer_id")
        ),
    ),
    "contracting_budgetdelegate": Table(
        ADD,
        Rule(
            any_of(of_organization("provider_id"), through("budget_id", BUDGET)),
            writes=through("budget_id", BUDGET, only=f"above.insurer_id = {policies.ORGANIZATION}"),
        ),
    ),
    # The insurer's own; submitting a questionnaire asks on which day they close.
    SEASON: Table(
        KEEP,
        Rule(any_of(of_organization("insurer_id"), policies.system(ROUTING)), writes=of_organization("insurer_id")),
    ),
    START_LETTER: Table(
        ADD,
        Rule(
            any_of(of_organization("provider_id"), of_organization("insurer_id")),
            writes=of_organization("insurer_id"),
        ),
    ),
    # Submitting a questionnaire looks in it for whom to tell.
    "contracting_desk": Table(
        ALL,
        Rule(any_of(of_organization("insurer_id"), policies.system(ROUTING)), writes=of_organization("insurer_id")),
    ),
    PUBLICATION: Table(ADD, Rule(ALWAYS, writes=of_organization("insurer_id"))),
    "contracting_publishedprovider": Table(
        ADD,
        Rule(ALWAYS, writes=through("publication_id", PUBLICATION, only=f"above.insurer_id = {policies.ORGANIZATION}")),
    ),
}
# Codes are public. Who brings or activates a release does so for everybody, so in the name of that part of the portal.
RELEASED = Rule(ALWAYS, writes=NEVER, systems=frozenset({RELEASES}))
CODES = {
    "ggz_codes_prestatie": Table(ALL, EVERYBODYS),
    "ggz_codes_zorgtype": Table(ALL, EVERYBODYS),
    "ggz_codes_release": Table(KEEP, RELEASED),
    "ggz_codes_releasepart": Table(ALL, RELEASED),
    # What is in force is final: a trigger refuses to change or remove it, also to who may.
    "ggz_codes_releasedcode": Table(ALL | COUNTED, RELEASED),
    "ggz_codes_releasedlink": Table(ALL | COUNTED, RELEASED),
    "ggz_codes_releasedtree": Table(ALL, RELEASED),
    "ggz_codes_releasedwords": Table(ADD | COUNTED, RELEASED),
    "ggz_codes_releasenote": Table(ALL, RELEASED),
}
WHO = "Wie iemand is en waar hij werkt, moet bekend zijn voordat de database weet voor wie er gevraagd wordt."
PEOPLE = {
    "accounts_user": Table(KEEP, why=WHO),
    "accounts_organization": Table(KEEP, why=WHO),
    "accounts_membership": Table(KEEP, why=WHO),
    "accounts_invitation": Table(KEEP, why=f"{WHO} Van de geheime code staat hier alleen een hash."),
    "accounts_location": Table(KEEP, why="Adressen van zorgaanbieders zijn openbaar (Vektis, Kamer van Koophandel)."),
    # Who asks isn't known yet; the insurer that is asked answers.
    "accounts_accessrequest": Table(KEEP, Rule(of_organization("insurer_id"), systems=frozenset({ACCESS}))),
    # Whose key it is, is known when it was found; then it is of that organisation alone.
    "accounts_apikey": Table(KEEP, Rule(of_organization("organization_id"), systems=frozenset({KEYS}))),
    "accounts_externalidentity": Table(ALL, why=WHO),
    "accounts_guesses": Table(ALL, why="Tellers tegen raden: alleen gehashte sleutels en aantallen."),
    "mfa_authenticator": Table(ALL, why=f"{WHO} De geheimen zijn versleuteld."),
    "usersessions_usersession": Table(ALL, why=WHO),
    "portal_ratecount": Table(ALL, why="Tellers tegen overbelasting: alleen gehashte sleutels en aantallen."),
    "account_emailaddress": Table(ALL, why=WHO),
    "account_emailconfirmation": Table(ALL, why=WHO),
    "django_session": Table(ALL, why="Een sessie is alleen te vinden met haar geheime sleutel."),
    "portal_cache": Table(ALL, why="Tellers tegen raden: alleen getallen, zonder gegevens van een aanvraag."),
}
HOUSE = {
    "django_migrations": Table(READ, why="Welke tabellen er zijn; alleen de eigenaar schrijft het."),
    "django_content_type": Table(READ, why="Namen van tabellen."),
    "auth_permission": Table(READ, why="Namen van rechten van Django, die het portaal niet gebruikt."),
    "auth_group": Table(READ, why="Leeg: rollen staan in accounts_membership."),
    "auth_group_permissions": Table(READ, why="Leeg: rollen staan in accounts_membership."),
}
TABLES: dict[str, Table] = REQUESTS | NOTICES | CHECKS | TRAJECTS | CONTRACTS | PAPERS | AUDIT | CODES | PEOPLE | HOUSE


def everything(environment: str) -> frozenset[str]:
    """Return the parts of the portal that see every row; the one of the tests exists in their database alone."""
    return tenancy.EVERYTHING if environment == "test" else tenancy.EVERYTHING - {tenancy.TESTS}
