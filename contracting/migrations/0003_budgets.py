"""The budgets of GGZ providers, and who declares on behalf of whom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('contracting', '0002_questionnaires'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='GgzBudget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='jaar')),
                ('region', models.CharField(max_length=80, verbose_name='regio')),
                ('amount', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='budget in euro')),
                ('regioplan_on', models.DateField(blank=True, null=True, verbose_name='regioplan vastgesteld op')),
                ('agreed_on', models.DateField(blank=True, null=True, verbose_name='budgetaanvraag ingediend op')),
                ('tariff_number', models.CharField(blank=True, default='', max_length=60, verbose_name='kenmerk van de tariefbeschikking')),
                ('tariff_from', models.DateField(blank=True, null=True, verbose_name='tariefbeschikking geldt vanaf')),
                ('tariff_until', models.DateField(blank=True, null=True, verbose_name='tariefbeschikking geldt tot en met')),
                ('noted_at', models.DateTimeField(verbose_name='vastgelegd op')),
                ('withdrawn_at', models.DateTimeField(null=True, verbose_name='ingetrokken op')),
                ('withdrawn_because', models.CharField(blank=True, default='', max_length=300, verbose_name='reden')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='vastgelegd door')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='gebudgetteerde zorgaanbieder')),
                ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingetrokken door')),
            ],
            options={
                'verbose_name': 'budget',
                'verbose_name_plural': 'budgetten',
                'ordering': ['-year', 'provider__name', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='BudgetDelegate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegates', to='contracting.ggzbudget', verbose_name='budget')),
            ],
            options={
                'verbose_name': 'zorgaanbieder die namens een andere declareert',
                'verbose_name_plural': 'zorgaanbieders die namens een andere declareren',
                'ordering': ['budget', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='ggzbudget',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2020), ('year__lte', 2100)), name='budget_year_likely', violation_error_message='Budgetten zijn er vanaf 2020. Controleer het jaar.'),
        ),
        migrations.AddConstraint(
            model_name='ggzbudget',
            constraint=models.CheckConstraint(condition=models.Q(('region__regex', '\\S')), name='budget_has_a_region', violation_error_message='Vul de regio in.'),
        ),
        migrations.AddConstraint(
            model_name='ggzbudget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tariff_from', None), ('tariff_number', ''), ('tariff_until', None)), models.Q(models.Q(('tariff_number', ''), _negated=True), ('tariff_from__isnull', False), models.Q(('tariff_until', None), ('tariff_until__gte', models.F('tariff_from')), _connector='OR')), _connector='OR'), name='budget_tariff_whole', violation_error_message='Een tariefbeschikking heeft een kenmerk en een dag waarop zij ingaat.'),
        ),
        migrations.AddConstraint(
            model_name='ggzbudget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_because', ''), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_because', ''), _negated=True)), _connector='OR'), name='budget_withdrawn_whole', violation_error_message='Wie introk, wanneer en waarom horen bij elkaar.'),
        ),
        migrations.AddConstraint(
            model_name='ggzbudget',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('insurer', 'provider', 'year'), name='one_budget_a_year', violation_error_message='Van deze zorgaanbieder is al een budget voor dit jaar vastgelegd.'),
        ),
        migrations.AddConstraint(
            model_name='budgetdelegate',
            constraint=models.UniqueConstraint(fields=('budget', 'provider'), name='budget_delegate_once', violation_error_message='Deze zorgaanbieder staat er al bij.'),
        ),
    ]
