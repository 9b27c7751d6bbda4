"""What a person keeps of the filters of the queue, under a name of his or her own: at most twenty."""

import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0007_trajects_are_guarded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(verbose_name='plaats')),
                ('name', models.CharField(max_length=40, verbose_name='naam')),
                ('query', models.JSONField(default=dict, verbose_name='keuzes')),
                ('saved_at', models.DateTimeField(verbose_name='bewaard op')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='van')),
            ],
            options={
                'verbose_name': 'bewaarde weergave',
                'verbose_name_plural': 'bewaarde weergaven',
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(models.F('user'), models.F('organization'), django.db.models.functions.text.Lower('name'), name='saved_view_name_once', violation_error_message='U heeft al een weergave met deze naam. Kies een andere naam.'), models.UniqueConstraint(fields=('user', 'organization', 'place'), name='saved_view_place_once', violation_error_message='Op deze plaats staat al een weergave.'), models.CheckConstraint(condition=models.Q(('place__gte', 1), ('place__lte', 20)), name='saved_views_not_too_many', violation_error_message='U kunt hoogstens 20 weergaven bewaren.'), models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='saved_view_has_name', violation_error_message='Een weergave heeft een naam.')],
            },
        ),
    ]
