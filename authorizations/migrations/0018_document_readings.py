"""What the text of documents seems to say of itself, and what people answered to that."""

import django.db.models.deletion
import kit.encrypted
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0017_figures_of_agreement'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('found', kit.encrypted.EncryptedJSONField(default=list, verbose_name='wat er staat')),
                ('made_at', models.DateTimeField(verbose_name='gelezen op')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='reading', to='authorizations.document', verbose_name='document')),
            ],
            options={
                'verbose_name': 'lezing van een document',
                'verbose_name_plural': 'lezingen van documenten',
            },
        ),
        migrations.CreateModel(
            name='ReadingAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('feature', models.CharField(choices=[('signed', 'Ondertekening'), ('profession', 'Beroep'), ('big_number', 'BIG-nummer'), ('letterhead', 'Briefpapier van de praktijk'), ('dated', 'Datum')], max_length=20, verbose_name='kenmerk')),
                ('side', models.CharField(choices=[('provider', 'Zorgaanbieder'), ('insurer', 'Verzekeraar')], max_length=10, verbose_name='van wie')),
                ('is_right', models.BooleanField(verbose_name='klopt')),
                ('answered_at', models.DateTimeField(verbose_name='beantwoord op')),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beantwoord door')),
                ('reading', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='authorizations.documentreading', verbose_name='lezing')),
            ],
            options={
                'verbose_name': 'antwoord op een lezing',
                'verbose_name_plural': 'antwoorden op lezingen',
                'ordering': ['reading', 'feature', 'side'],
            },
        ),
        migrations.AddConstraint(
            model_name='documentreading',
            constraint=models.CheckConstraint(condition=models.Q(('found', ''), ('found__sealed', True), _connector='OR'), name='document_reading_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.'),
        ),
        migrations.AddConstraint(
            model_name='readinganswer',
            constraint=models.UniqueConstraint(fields=('reading', 'feature', 'side'), name='reading_answered_once', violation_error_message='Hierop is al geantwoord.'),
        ),
        migrations.AddConstraint(
            model_name='readinganswer',
            constraint=models.CheckConstraint(condition=models.Q(('side__in', ['provider', 'insurer'])), name='reading_answer_has_a_side', violation_error_message='Een antwoord is van de zorgaanbieder of van de verzekeraar.'),
        ),
    ]
