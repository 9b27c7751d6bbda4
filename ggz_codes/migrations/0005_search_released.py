"""The words of what codes of releases say, each wording once, with an index to search in them."""

import django.contrib.postgres.indexes
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ggz_codes', '0004_released_is_final'),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name='ReleasedWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=581, verbose_name='woorden')),
            ],
            options={
                'verbose_name': 'woorden van codes',
                'verbose_name_plural': 'woorden van codes',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('words', name='gin_trgm_ops'), gin_pending_list_limit=65536, name='released_words_search')],
                'constraints': [models.UniqueConstraint(fields=('words',), name='released_words_once', violation_error_message='Deze woorden zijn er al.')],
            },
        ),
        migrations.AddIndex(
            model_name='releasedcode',
            index=django.contrib.postgres.indexes.HashIndex(models.Func(models.F('description'), models.Value(' '), models.F('group'), arg_joiner=' || ', template='(%(expressions)s)'), condition=models.Q(('state', 'in_force')), name='released_code_said'),
        ),
    ]
