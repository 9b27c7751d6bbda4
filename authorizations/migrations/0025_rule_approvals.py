"""Keep which requests fit the rule of their policy, with the facts sealed (docs/adr/0011)."""

import django.db.models.deletion
import kit.encrypted
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0024_overleg'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleApproval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.JSONField(verbose_name='regel')),
                ('facts', kit.encrypted.EncryptedJSONField(verbose_name='feiten')),
                ('at', models.DateTimeField(verbose_name='op')),
                ('authorization', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rule_approval', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('policy_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='authorizations.policyversion', verbose_name='beleidsversie')),
            ],
            options={
                'verbose_name': 'voorbereiding door een regel',
                'verbose_name_plural': 'voorbereidingen door een regel',
                'constraints': [models.CheckConstraint(condition=models.Q(('facts__sealed', True)), name='rule_approval_facts_are_sealed', violation_error_message='De feiten worden versleuteld bewaard.')],
            },
        ),
    ]
