"""A letter with a mistake in its words gets another that takes its place, with what was corrected, by whom and when."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0020_teams'),
        ('papers', '0002_final_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='requestletter',
            name='one_letter_per_addressee',
        ),
        migrations.RemoveConstraint(
            model_name='requestletter',
            name='one_answer_per_addressee',
        ),
        migrations.AddField(
            model_name='requestletter',
            name='because',
            field=kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='wat er is verbeterd'),
        ),
        migrations.AddField(
            model_name='requestletter',
            name='corrected_at',
            field=models.DateTimeField(null=True, verbose_name='hersteld op'),
        ),
        migrations.AddField(
            model_name='requestletter',
            name='corrected_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hersteld door'),
        ),
        migrations.AddField(
            model_name='requestletter',
            name='replaces',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='replaced_by', to='authorizations.requestletter', verbose_name='vervangt'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.UniqueConstraint(condition=models.Q(('heroverweging', None), ('replaces', None)), fields=('authorization', 'kind', 'addressee'), name='one_letter_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.UniqueConstraint(condition=models.Q(('replaces', None)), fields=('heroverweging', 'addressee'), name='one_answer_per_addressee', violation_error_message='Deze brief is al gemaakt.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('because', ''), ('corrected_at', None), ('corrected_by', None), ('replaces', None)), models.Q(('corrected_at__isnull', False), ('corrected_by__isnull', False), ('replaces__isnull', False), ('decision__isnull', False), models.Q(('because', ''), _negated=True)), _connector='OR'), name='letter_corrected_whole', violation_error_message='Een herstelde brief zegt welke brief hij vervangt, en waarom.'),
        ),
        migrations.AddConstraint(
            model_name='requestletter',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), ('because__sealed', True), _connector='OR'), name='letter_correction_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
    ]
