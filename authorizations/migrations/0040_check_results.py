"""What came out of a file: counted, and as a workbook."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0039_check_columns'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='checkrun',
            name='tally',
            field=models.JSONField(default=dict, verbose_name='aantallen'),
        ),
        migrations.AddField(
            model_name='checkrun',
            name='workbook',
            field=models.UUIDField(null=True, verbose_name='uitkomst voor Excel'),
        ),
        migrations.AddField(
            model_name='checkrun',
            name='workbook_at',
            field=models.DateTimeField(null=True, verbose_name='uitkomst voor Excel gemaakt op'),
        ),
        migrations.AddConstraint(
            model_name='checkrun',
            constraint=models.CheckConstraint(condition=models.Q(('workbook', None), models.Q(('result__isnull', False), ('workbook_at__isnull', False)), _connector='OR'), name='check_run_workbook_of_result', violation_error_message='Alleen van een uitkomst is er een Excel-bestand.'),
        ),
    ]
