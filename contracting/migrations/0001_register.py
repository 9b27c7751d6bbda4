"""The contract register of an insurer, every step in it, and the lists that were made public."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                ('starts_on', models.DateField(verbose_name='begint op')),
                ('ends_on', models.DateField(verbose_name='eindigt op')),
                ('status', models.CharField(choices=[('voorstel', 'Voorstel'), ('overeenstemming', 'Overeenstemming'), ('vastgelegd', 'Vastgelegd'), ('ondertekend', 'Ondertekend retour'), ('mag_declareren', 'Mag declareren'), ('vervallen', 'Gaat niet door'), ('gestopt', 'Eerder gestopt')], default='voorstel', max_length=20, verbose_name='stap')),
                ('status_on', models.DateField(verbose_name='op deze stap sinds')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
            ],
            options={
                'verbose_name': 'contract',
                'verbose_name_plural': 'contracten',
                'ordering': ['-year', 'provider__name', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ContractStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status', models.CharField(choices=[('voorstel', 'Voorstel'), ('overeenstemming', 'Overeenstemming'), ('vastgelegd', 'Vastgelegd'), ('ondertekend', 'Ondertekend retour'), ('mag_declareren', 'Mag declareren'), ('vervallen', 'Gaat niet door'), ('gestopt', 'Eerder gestopt')], max_length=20, verbose_name='stap')),
                ('move', models.CharField(blank=True, choices=[('agree', 'Overeenstemming bereikt in VECOZO'), ('record', 'Afspraken vastgelegd in de overeenkomst en de systemen'), ('sign', 'Overeenkomst getekend retour ontvangen'), ('open', 'Zorgaanbieder mag declareren'), ('lapse', 'Contract gaat niet door'), ('end', 'Contract stopt eerder')], default='', max_length=10, verbose_name='handeling')),
                ('on', models.DateField(verbose_name='op')),
                ('note', models.CharField(blank=True, default='', max_length=500, verbose_name='toelichting')),
                ('at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='contracting.contract', verbose_name='contract')),
            ],
            options={
                'verbose_name': 'stap van een contract',
                'verbose_name_plural': 'stappen van contracten',
                'ordering': ['contract', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                ('published_on', models.DateField(verbose_name='openbaar sinds')),
                ('made_at', models.DateTimeField(verbose_name='gepubliceerd op')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gepubliceerd door')),
            ],
            options={
                'verbose_name': 'openbare lijst',
                'verbose_name_plural': 'openbare lijsten',
                'ordering': ['-year', '-made_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='PublishedProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=150, verbose_name='zorgaanbieder')),
                ('agb_code', models.CharField(max_length=8, verbose_name='AGB-code')),
                ('city', models.CharField(blank=True, default='', max_length=80, verbose_name='plaats')),
                ('starts_on', models.DateField(verbose_name='begint op')),
                ('ends_on', models.DateField(verbose_name='eindigt op')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='contracting.publication', verbose_name='openbare lijst')),
            ],
            options={
                'verbose_name': 'zorgaanbieder in een openbare lijst',
                'verbose_name_plural': 'zorgaanbieders in openbare lijsten',
                'ordering': ['publication', 'name', 'agb_code', 'pk'],
            },
        ),
        migrations.AddIndex(
            model_name='contract',
            index=models.Index(fields=['provider', 'insurer', 'year'], name='contract_of_provider'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['gestopt', 'mag_declareren', 'ondertekend', 'overeenstemming', 'vastgelegd', 'vervallen', 'voorstel'])), name='contract_status_known', violation_error_message='Deze stap van een contract bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2006), ('year__lte', 2100)), name='contract_year_likely', violation_error_message='Controleer het jaar van het contract.'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='contract_ends_after_start', violation_error_message='De einddatum ligt voor de begindatum.'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('insurer', models.F('provider')), _negated=True), name='contract_with_another', violation_error_message='Een contract is tussen een verzekeraar en een zorgaanbieder.'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ['mag_declareren', 'ondertekend', 'overeenstemming', 'vastgelegd', 'voorstel'])), fields=('insurer', 'provider', 'year'), name='one_running_contract_a_year', violation_error_message='Voor deze zorgaanbieder staat al een contract voor dit jaar in het register.'),
        ),
        migrations.AddConstraint(
            model_name='contractstep',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['gestopt', 'mag_declareren', 'ondertekend', 'overeenstemming', 'vastgelegd', 'vervallen', 'voorstel'])), name='contract_step_status_known', violation_error_message='Deze stap van een contract bestaat niet.'),
        ),
        migrations.AddConstraint(
            model_name='contractstep',
            constraint=models.UniqueConstraint(fields=('contract', 'status'), name='contract_step_once', violation_error_message='Deze stap is al vastgelegd.'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2006), ('year__lte', 2100)), name='publication_year_likely', violation_error_message='Controleer het jaar van de lijst.'),
        ),
    ]
