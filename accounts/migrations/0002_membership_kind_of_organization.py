from django.db import migrations


class Migration(migrations.Migration):
    """Hold a membership to the kind of its organisation: Django has no foreign key over two columns of its own."""

    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            ALTER TABLE accounts_membership ADD CONSTRAINT membership_kind_of_organization
            FOREIGN KEY (organization_id, organization_kind) REFERENCES accounts_organization (id, kind)
            """,
            "ALTER TABLE accounts_membership DROP CONSTRAINT membership_kind_of_organization",
        )
    ]
