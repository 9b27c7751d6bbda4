"""A request that came by post: the day, who asks, and for which zorgaanbieder."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0030_coulance'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='authorizationrequest',
            name='on_paper_by',
            field=models.CharField(blank=True, choices=[('provider', 'De zorgaanbieder'), ('insured', 'De verzekerde')], default='', max_length=10, verbose_name='op papier gevraagd door'),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='on_paper_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder op papier'),
        ),
        migrations.AddField(
            model_name='authorizationrequest',
            name='received_on_paper',
            field=models.DateField(null=True, verbose_name='op papier ontvangen op'),
        ),
        migrations.AddConstraint(
            model_name='authorizationrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('on_paper_by', ''), ('on_paper_for', None), ('received_on_paper', None)), models.Q(('on_paper_by__in', ['insured', 'provider']), ('received_on_paper__isnull', False), models.Q(models.Q(('provider', models.F('insurer')), ('status', 'draft')), ('provider', models.F('on_paper_for')), _connector='OR')), _connector='OR'), name='request_on_paper_whole', violation_error_message='Bij een papieren aanvraag horen de dag, wie vraagt en de zorgaanbieder.'),
        ),
    ]
