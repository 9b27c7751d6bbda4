"""The link with which an insured sees how a request stands; of its code only the hash is kept."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0025_rule_approvals'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='InsuredLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True, verbose_name='hash van de code')),
                ('made_at', models.DateTimeField(verbose_name='gemaakt op')),
                ('ends_on', models.DateField(verbose_name='werkt tot en met')),
                ('revoked_at', models.DateTimeField(null=True, verbose_name='beëindigd op')),
                ('authorization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='insured_links', to='authorizations.authorizationrequest', verbose_name='aanvraag')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='organisatie')),
                ('revoked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beëindigd door')),
            ],
            options={
                'verbose_name': 'link voor de verzekerde',
                'verbose_name_plural': 'links voor verzekerden',
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('authorization',), name='one_insured_link', violation_error_message='Er is al een link voor deze verzekerde.'), models.CheckConstraint(condition=models.Q(('code_hash__regex', '^[0-9a-f]{64}$')), name='insured_link_only_the_hash', violation_error_message='Van de code bewaren wij alleen de hash.'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='insured_link_revoked_pair', violation_error_message='Wie de link beëindigde en wanneer horen bij elkaar.')],
            },
        ),
    ]
