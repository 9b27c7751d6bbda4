"""Hold a membership to the kind of its organisation: Django has no foreign key over two columns of its own."""

from django.db import migrations

KIND = """
ALTER TABLE accounts_membership ADD CONSTRAINT membership_kind_of_organization
FOREIGN KEY (organization_id, organization_kind) REFERENCES accounts_organization (id, kind)
"""


class Migration(migrations.Migration):

    replaces = [
        ("accounts", "0009_api_keys"),
    ]

    dependencies = [
        ("accounts", "0002_organizations"),
    ]

    operations = [
        migrations.RunSQL(KIND, "ALTER TABLE accounts_membership DROP CONSTRAINT membership_kind_of_organization"),
    ]
