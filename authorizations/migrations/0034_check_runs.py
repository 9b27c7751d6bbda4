"""Files that go through a check: how far each is, and the stretches that were judged."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0033_traject_numbers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='CheckRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('made_at', models.DateTimeField(verbose_name='gestart op')),
                ('toets', models.CharField(max_length=40, verbose_name='controle')),
                ('policy', models.CharField(blank=True, default='', max_length=100, verbose_name='beleid')),
                ('file_name', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='bestandsnaam')),
                ('delimiter', models.CharField(max_length=1, verbose_name='scheidingsteken')),
                ('columns', kit.encrypted.EncryptedJSONField(verbose_name='kolommen')),
                ('mapping', models.JSONField(verbose_name='plaats van elke kolom')),
                ('source', models.UUIDField(verbose_name='bestand')),
                ('size', models.PositiveBigIntegerField(verbose_name='grootte in bytes')),
                ('scanned_at', models.DateTimeField(null=True, verbose_name='op virussen gecontroleerd op')),
                ('wait_until', models.DateTimeField(null=True, verbose_name='wacht tot')),
                ('status', models.CharField(choices=[('wacht', 'Wacht'), ('controleert', 'Controleert'), ('klaar', 'Klaar'), ('gestopt', 'Gestopt'), ('mislukt', 'Mislukt')], default='wacht', max_length=11, verbose_name='stand')),
                ('status_at', models.DateTimeField(verbose_name='stand sinds')),
                ('read_to', models.PositiveBigIntegerField(verbose_name='gelezen tot byte')),
                ('lines', models.PositiveIntegerField(verbose_name='gelezen regels')),
                ('rows', models.PositiveIntegerField(default=0, verbose_name='gecontroleerde rijen')),
                ('wrong', models.PositiveIntegerField(default=0, verbose_name='niet te beoordelen rijen')),
                ('worked', models.FloatField(default=0, verbose_name='seconden gewerkt')),
                ('started_at', models.DateTimeField(null=True, verbose_name='begonnen op')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='klaar op')),
                ('result', models.UUIDField(null=True, verbose_name='uitkomst')),
                ('why_over', models.CharField(blank=True, default='', max_length=300, verbose_name='waarom gestopt')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gestart door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'controle van een bestand',
                'verbose_name_plural': 'controles van bestanden',
            },
        ),
        migrations.CreateModel(
            name='CheckRunPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_from', models.PositiveBigIntegerField(verbose_name='vanaf byte')),
                ('read_to', models.PositiveBigIntegerField(verbose_name='tot byte')),
                ('rows', models.PositiveIntegerField(verbose_name='rijen')),
                ('place', models.UUIDField(unique=True, verbose_name='bestand')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='authorizations.checkrun', verbose_name='controle')),
            ],
            options={
                'verbose_name': 'deel van een controle',
                'verbose_name_plural': 'delen van een controle',
                'ordering': ['read_from'],
            },
        ),
        migrations.AddIndex(
            model_name='checkrun',
            index=models.Index(fields=['organization', '-made_at'], name='check_runs_of_organization'),
        ),
        migrations.AddIndex(
            model_name='checkrun',
            index=models.Index(condition=models.Q(('status__in', ['controleert', 'wacht'])), fields=['size'], name='check_runs_at_work'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['controleert', 'gestopt', 'klaar', 'mislukt', 'wacht'])), name='check_run_status_known', violation_error_message='Deze stand bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(('ended_at', None), ('status__in', ['gestopt', 'klaar', 'mislukt']), _connector='XOR'), name='check_run_ended_when_over', violation_error_message='Wat klaar is heeft een einde, en anders niet.'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(('result', None), ('status', 'klaar'), _connector='XOR'), name='check_run_done_with_result', violation_error_message='Alleen een controle die klaar is heeft een uitkomst.'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(('rows', 0), models.Q(('scanned_at__isnull', False), ('started_at__isnull', False)), _connector='OR'), name='check_run_judged_after_scan', violation_error_message='Rijen worden beoordeeld nadat de virusscanner het bestand bekeek.'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(('read_to__lte', models.F('size')), ('size__gt', 0), ('worked__gte', 0), ('wrong__lte', models.F('rows'))), name='check_run_within_its_file', violation_error_message='Er zijn meer rijen gelezen dan het bestand heeft.'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('file_name', ''), ('file_name__sealed', True), _connector='OR'), models.Q(('columns', ''), ('columns__sealed', True), _connector='OR')), name='check_run_names_are_sealed', violation_error_message='De namen van bestand en kolommen worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='checkrunpart',
            constraint=models.UniqueConstraint(fields=('run', 'read_from'), name='check_run_part_once', violation_error_message='Deze rijen zijn al beoordeeld.'),
        ),
        migrations.AddConstraint(
            model_name='checkrunpart',
            constraint=models.CheckConstraint(condition=models.Q(('read_to__gt', models.F('read_from'))), name='check_run_part_goes_on', violation_error_message='Een deel heeft rijen.'),
        ),
    ]
