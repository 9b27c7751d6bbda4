"""Places in documents that one side marked as proof for a criterion."""

import django.db.models.deletion
import django.db.models.expressions
import kit.encrypted
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0014_second_opinions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EvidencePin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=30, verbose_name='criterium')),
                ('page', models.PositiveIntegerField(verbose_name='pagina')),
                ('left', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='links')),
                ('top', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='boven')),
                ('right', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='rechts')),
                ('bottom', models.DecimalField(decimal_places=4, max_digits=5, verbose_name='onder')),
                ('side', models.CharField(choices=[('provider', 'Zorgaanbieder'), ('insurer', 'Verzekeraar')], max_length=10, verbose_name='van wie')),
                ('note', kit.encrypted.EncryptedTextField(blank=True, default='', verbose_name='toelichting')),
                ('made_at', models.DateTimeField(verbose_name='gemarkeerd op')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pins', to='authorizations.document', verbose_name='document')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemarkeerd door')),
            ],
            options={
                'verbose_name': 'plaats in een document',
                'verbose_name_plural': 'plaatsen in documenten',
                'ordering': ['document', 'page', 'top', 'left', 'id'],
                'constraints': [models.UniqueConstraint(fields=('document', 'side', 'criterion', 'page', 'left', 'top', 'right', 'bottom'), name='evidence_pin_once', violation_error_message='Deze plaats is al gemarkeerd voor dit criterium.'), models.CheckConstraint(condition=models.Q(('page__gte', 1), models.Q(('criterion', ''), _negated=True)), name='evidence_pin_on_a_page', violation_error_message='Een plaats staat op een pagina en hoort bij een criterium.'), models.CheckConstraint(condition=models.Q(('bottom__lte', 1), ('left__gte', 0), ('right__lte', 1), ('top__gte', 0), ('bottom__gte', django.db.models.expressions.CombinedExpression(models.F('top'), '+', models.Value(Decimal('0.01')))), ('right__gte', django.db.models.expressions.CombinedExpression(models.F('left'), '+', models.Value(Decimal('0.01'))))), name='evidence_pin_within_the_page', violation_error_message='Een plaats ligt op de pagina en heeft een breedte en een hoogte.'), models.CheckConstraint(condition=models.Q(('side__in', ['provider', 'insurer'])), name='evidence_pin_has_a_side', violation_error_message='Een plaats is van de zorgaanbieder of van de verzekeraar.'), models.CheckConstraint(condition=models.Q(('note', ''), ('note__sealed', True), _connector='OR'), name='evidence_pin_note_is_sealed', violation_error_message='Deze teksten worden versleuteld bewaard.')],
            },
        ),
    ]
