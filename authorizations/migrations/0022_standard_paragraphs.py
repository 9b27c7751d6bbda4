"""The insurer's own standard texts for decisions. A version is written once; it can only be ended, once."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FREEZE = """
CREATE FUNCTION refuse_change_of_paragraph() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at' OR OLD.ended_at IS NOT NULL THEN
        RAISE EXCEPTION 'paragraph_is_written_once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER paragraph_is_written_once BEFORE UPDATE ON authorizations_standardparagraph
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_paragraph();
"""
THAW = """
DROP TRIGGER paragraph_is_written_once ON authorizations_standardparagraph;
DROP FUNCTION refuse_change_of_paragraph();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0021_corrected_letters'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StandardParagraph',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('policy_slug', models.CharField(max_length=60, verbose_name='beleid')),
                ('number', models.PositiveIntegerField(verbose_name='nummer')),
                ('version', models.PositiveSmallIntegerField(verbose_name='versie')),
                ('place', models.CharField(choices=[('summary', 'Motivering van het besluit'), ('not_granted', 'Wat niet is toegekend, en waarom'), ('indication_weighed', 'Hoe de indicatie is gewogen'), ('next_step', 'Wat de zorgaanbieder nu kan doen'), ('conditions', 'Voorwaarden')], max_length=20, verbose_name='plaats in de brief')),
                ('order', models.PositiveSmallIntegerField(verbose_name='volgorde')),
                ('title', models.CharField(max_length=80, verbose_name='titel')),
                ('text', models.TextField(verbose_name='tekst')),
                ('made_at', models.DateTimeField(verbose_name='geschreven op')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='niet meer in gebruik sinds')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='verzekeraar')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='geschreven door')),
            ],
            options={
                'verbose_name': 'vaste alinea',
                'verbose_name_plural': "vaste alinea's",
                'ordering': ['policy_slug', 'place', 'order', 'number', '-version'],
                'constraints': [models.UniqueConstraint(fields=('insurer', 'policy_slug', 'number', 'version'), name='paragraph_version_once', violation_error_message='Deze versie van de alinea is er al.'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('insurer', 'policy_slug', 'number'), name='one_paragraph_version_in_use', violation_error_message='Een collega wijzigde deze alinea zojuist. Bekijk haar opnieuw.'), models.CheckConstraint(condition=models.Q(('place__in', ['conditions', 'indication_weighed', 'next_step', 'not_granted', 'summary'])), name='paragraph_place_known', violation_error_message='Deze plaats in de brief bestaat niet.'), models.CheckConstraint(condition=models.Q(models.Q(('title', ''), _negated=True), models.Q(('text', ''), _negated=True)), name='paragraph_says_something', violation_error_message='Een alinea heeft een titel en een tekst.')],
            },
        ),
        migrations.RunSQL(FREEZE, THAW),
    ]
