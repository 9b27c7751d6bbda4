"""Seal what stood open, and fingerprint each BSN; may be killed and started again. Backwards it opens them."""

from django.db import migrations

from kit import resealing

COLUMNS = {
    "authorizationrequest": ("answers", "reading", "step_notes", "prefilled", "application", "withdrawn_reason",),
    "insured": ("bsn",),
    "statusevent": ("note",),
    "criterionassessment": ("motivation", "missing_fact", "leads_to_consent", "internal_note",),
    "informationrequest": ("closed_because",),
    "informationitem": ("what", "why", "leads_to_consent", "answer",),
    "counterquestion": ("text", "reply",),
    "decision": ("summary", "not_granted", "conditions", "next_step", "indication_weighed", "early_start_reason", "long_period_reason", "returned_because",),
    "deskdraft": ("data",),
    "document": ("verdict_note",),
    "checklistanswer": ("absent_reason",),
}
TABLES = [
    resealing.Table(f"authorizations_{name}", "id", "bigint", columns) for name, columns in COLUMNS.items()
]


def seal(apps, schema_editor):
    resealing.seal_all(schema_editor.connection, TABLES)
    resealing.fingerprint_all(schema_editor.connection, "authorizations_insured", "bsn", "bsn_hash")


def unseal(apps, schema_editor):
    resealing.unseal_all(schema_editor.connection, TABLES)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("authorizations", "0005_secret_columns")]

    operations = [migrations.RunPython(seal, unseal)]
