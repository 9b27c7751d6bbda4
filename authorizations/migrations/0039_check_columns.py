"""Which column of a file is which: nothing until somebody said so, and what an organisation said last."""

import django.db.models.deletion
import kit.encrypted
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0038_declarations'),
    ]

    operations = [
        migrations.AlterField(
            model_name='checkrun',
            name='mapping',
            field=models.JSONField(null=True, verbose_name='plaats van elke kolom'),
        ),
        migrations.CreateModel(
            name='CheckMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('toets', models.CharField(max_length=40, verbose_name='controle')),
                ('names', kit.encrypted.EncryptedJSONField(verbose_name='namen van kolommen')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'kolommen van een controle',
                'verbose_name_plural': 'kolommen van controles',
                'constraints': [models.UniqueConstraint(fields=('organization', 'toets'), name='check_mapping_once', violation_error_message='Van deze controle zijn de kolommen al bekend.'), models.CheckConstraint(condition=models.Q(('names', ''), ('names__sealed', True), _connector='OR'), name='check_mapping_is_sealed', violation_error_message='De namen van kolommen worden versleuteld bewaard.')],
            },
        ),
    ]
