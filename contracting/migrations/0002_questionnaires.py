"""The questionnaire of a provider with its answers, papers and outcome, and the desks of insurers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('contracting', '0001_register'),
        ('papers', '0003_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('zbc', 'Zelfstandig behandelcentrum (ZBC)'), ('categoraal', 'Categorale instelling'), ('ziekenhuis', 'Ziekenhuis')], max_length=20, verbose_name='soort zorgaanbieder')),
                ('is_existing', models.BooleanField(verbose_name='had al een contract')),
                ('status', models.CharField(choices=[('concept', 'Concept'), ('ingediend', 'Ingediend'), ('besloten', 'Besloten')], default='concept', max_length=20, verbose_name='stand')),
                ('designated', models.BooleanField(blank=True, null=True, verbose_name='geeft aangewezen zorg')),
                ('kvk_number', models.CharField(blank=True, default='', max_length=8, verbose_name='KvK-nummer')),
                ('specialists', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='aantal medisch specialisten')),
                ('fte', models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name='fte samen')),
                ('satisfaction_on', models.DateField(blank=True, null=True, verbose_name='laatste onderzoek')),
                ('made_at', models.DateTimeField(verbose_name='begonnen op')),
                ('submitted_at', models.DateTimeField(null=True, verbose_name='ingediend op')),
                ('for_year', models.PositiveSmallIntegerField(null=True, verbose_name='telt voor contractjaar')),
                ('outcome', models.CharField(blank=True, choices=[('aanbod', 'Wij willen afspraken maken'), ('geen_aanbod', 'Wij maken geen afspraken')], default='', max_length=20, verbose_name='uitkomst')),
                ('motivation', models.TextField(blank=True, default='', verbose_name='motivering')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='beoordeeld op')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beoordeeld door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
                ('letter', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.letter', verbose_name='brief')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='begonnen door')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingediend door')),
            ],
            options={
                'verbose_name': 'vragenlijst',
                'verbose_name_plural': 'vragenlijsten',
                'ordering': ['-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ConditionReply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.CharField(max_length=30, verbose_name='voorwaarde')),
                ('complies', models.BooleanField(blank=True, null=True, verbose_name='voldoet')),
                ('explanation', models.TextField(blank=True, default='', verbose_name='toelichting')),
                ('judgement', models.CharField(blank=True, choices=[('voldaan', 'Voldaan'), ('niet_voldaan', 'Niet voldaan'), ('onvoldoende_informatie', 'Onvoldoende informatie')], default='', max_length=30, verbose_name='oordeel')),
                ('remark', models.TextField(blank=True, default='', verbose_name='opmerking')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='contracting.questionnaire', verbose_name='vragenlijst')),
            ],
            options={
                'verbose_name': 'antwoord op een voorwaarde',
                'verbose_name_plural': 'antwoorden op voorwaarden',
                'ordering': ['questionnaire', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='QuestionnairePaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('condition', models.CharField(max_length=30, verbose_name='voorwaarde')),
                ('added_at', models.DateTimeField(verbose_name='toegevoegd op')),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='toegevoegd door')),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.file', verbose_name='bestand')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='contracting.questionnaire', verbose_name='vragenlijst')),
            ],
            options={
                'verbose_name': 'stuk bij een vragenlijst',
                'verbose_name_plural': 'stukken bij vragenlijsten',
                'ordering': ['questionnaire', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Desk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('zbc', 'Zelfstandig behandelcentrum (ZBC)'), ('categoraal', 'Categorale instelling'), ('ziekenhuis', 'Ziekenhuis')], max_length=20, verbose_name='soort zorgaanbieder')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
            ],
            options={
                'verbose_name': 'loket',
                'verbose_name_plural': 'loketten',
                'ordering': ['insurer', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('insurer', 'kind'), name='one_desk_a_kind', violation_error_message='Voor deze soort zorgaanbieder is er al een loket.'), models.CheckConstraint(condition=models.Q(('kind__in', ['categoraal', 'zbc', 'ziekenhuis'])), name='desk_kind_known', violation_error_message='Deze soort zorgaanbieder bestaat niet.')],
            },
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['categoraal', 'zbc', 'ziekenhuis']), ('status__in', ['besloten', 'concept', 'ingediend'])), name='questionnaire_status_known', violation_error_message='Deze stand of soort van een vragenlijst bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('for_year', None), ('status', 'concept'), ('submitted_at', None), ('submitted_by', None)), models.Q(models.Q(('status', 'concept'), _negated=True), ('for_year__isnull', False), ('submitted_at__isnull', False), ('submitted_by__isnull', False)), _connector='OR'), name='questionnaire_submitted_whole', violation_error_message='Wie indiende, wanneer en voor welk jaar horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('status', 'besloten'), _negated=True), ('decided_at', None), ('decided_by', None), ('letter', None), ('outcome', '')), models.Q(('outcome__in', ['aanbod', 'geen_aanbod']), ('status', 'besloten'), ('decided_at__isnull', False), ('decided_by__isnull', False), ('letter__isnull', False), models.Q(('motivation', ''), _negated=True)), _connector='OR'), name='questionnaire_decided_whole', violation_error_message='Bij een uitkomst horen een motivering, een brief, wie en wanneer.'),
        ),
        migrations.AddConstraint(
            model_name='questionnaire',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['concept', 'ingediend'])), fields=('insurer', 'provider'), name='one_open_questionnaire', violation_error_message='Er loopt al een vragenlijst bij deze verzekeraar.'),
        ),
        migrations.AddConstraint(
            model_name='conditionreply',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'condition'), name='condition_reply_once', violation_error_message='Op deze voorwaarde is al een antwoord.'),
        ),
        migrations.AddConstraint(
            model_name='conditionreply',
            constraint=models.CheckConstraint(condition=models.Q(('judgement__in', ['', 'niet_voldaan', 'onvoldoende_informatie', 'voldaan'])), name='condition_judgement_known', violation_error_message='Dit oordeel bestaat niet.'),
        ),
    ]
