"""Addresses of everything about contracts between insurers and providers."""

from django.urls import path

from contracting.web import budgets, published, questionnaires, register, seasons

HERE = "contracten/"
ONE = f"{HERE}<int:contract_id>/"
PUBLIC = "gecontracteerd/"
LIST = f"{PUBLIC}<int:publication_id>/"
LISTS = f"{HERE}vragenlijsten/"
FILLED = f"{LISTS}<int:questionnaire_id>/"

app_name = "contracting"
urlpatterns = [
    path(HERE, register.listed, name="contracts"),
    path(f"{HERE}register.csv", register.file, name="contracts-file"),
    path(f"{HERE}nieuw/", register.propose, name="contract-propose"),
    path(f"{HERE}publiceren/", register.publish, name="publish"),
    path(ONE, register.contract, name="contract"),
    path(f"{ONE}stap/", register.step, name="contract-step"),
    path(f"{HERE}budgetten/", budgets.listed, name="budgets"),
    path(f"{HERE}budgetten/nieuw/", budgets.note, name="budget-note"),
    path(f"{HERE}budgetten/intrekken/", budgets.withdraw, name="budget-withdraw"),
    path(f"{HERE}kalender/", seasons.listed, name="seasons"),
    path(f"{HERE}kalender/nieuw/", seasons.new, name="season-new"),
    path(f"{HERE}kalender/<int:season_id>/", seasons.season, name="season"),
    path(f"{HERE}kalender/<int:season_id>/startbrieven/", seasons.send, name="season-send"),
    path(f"{HERE}startbrieven/<int:start_id>/", seasons.letter, name="start-letter"),
    path(f"{HERE}loketten/", questionnaires.at_desks, name="desks"),
    path(LISTS, questionnaires.listed, name="questionnaires"),
    path(f"{LISTS}nieuw/", questionnaires.begin, name="questionnaire-begin"),
    path(FILLED, questionnaires.detail, name="questionnaire"),
    path(f"{FILLED}invullen/", questionnaires.fill, name="questionnaire-fill"),
    path(f"{FILLED}beoordelen/", questionnaires.judge, name="questionnaire-judge"),
    path(f"{FILLED}stuk/<int:evidence_id>/", questionnaires.paper, name="questionnaire-paper"),
    path(f"{FILLED}brief/", questionnaires.letter, name="questionnaire-letter"),
    path(PUBLIC, published.lists, name="publications"),
    path(LIST, published.publication, name="publication"),
    path(f"{LIST}lijst.csv", published.publication_file, name="publication-file"),
]
