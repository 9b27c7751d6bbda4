"""Files of dbc's and of changed zorgtrajectnummers that a provider brought."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0041_dbcs'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TrajectFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('dbcs', 'Dbc’s van de GGZ'), ('nummers', 'Omgezette zorgtrajectnummers')], max_length=8, verbose_name='soort')),
                ('made_at', models.DateTimeField(verbose_name='ingelezen op')),
                ('file_name', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='bestandsnaam')),
                ('state', models.CharField(choices=[('ready', 'Gecontroleerd: wacht op u'), ('done', 'Verwerkt'), ('cancelled', 'Gestopt')], default='ready', max_length=10, verbose_name='stand')),
                ('lines', kit.encrypted.EncryptedJSONField(null=True, verbose_name='regels')),
                ('counts', models.JSONField(default=dict, verbose_name='aantallen')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingelezen door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
            ],
            options={
                'verbose_name': 'bestand over zorgtrajecten',
                'verbose_name_plural': 'bestanden over zorgtrajecten',
                'indexes': [models.Index(fields=['organization', 'kind', '-made_at'], name='traject_files_of_provider')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['dbcs', 'nummers'])), name='traject_file_kind_known', violation_error_message='Deze soort bestand bestaat niet.'), models.CheckConstraint(condition=models.Q(('state__in', ['cancelled', 'done', 'ready'])), name='traject_file_state_known', violation_error_message='Deze stand bestaat niet.'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('state__in', ['cancelled', 'done']), _connector='XOR'), name='traject_file_ended_when_over', violation_error_message='Wat klaar is heeft een einde, en anders niet.'), models.CheckConstraint(condition=models.Q(models.Q(('file_name', ''), ('file_name__sealed', True), _connector='OR'), models.Q(('lines', None), ('lines__sealed', True), _connector='OR')), name='traject_file_is_sealed', violation_error_message='Het bestand wordt versleuteld bewaard.')],
            },
        ),
    ]
