"""An index to find codes of releases by the begin of a code or by words."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ggz_codes', '0004_released_is_final'),
    ]

    operations = [
        TrigramExtension(),
        migrations.AddIndex(
            model_name='releasedcode',
            index=django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('code', name='gin_trgm_ops'), django.contrib.postgres.indexes.OpClass(models.Func(models.F('description'), models.Value(' '), models.F('group'), arg_joiner=' || ', template='(%(expressions)s)'), name='gin_trgm_ops'), condition=models.Q(('state', 'in_force')), name='released_code_search'),
        ),
    ]
