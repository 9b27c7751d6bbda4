"""Let a request be for a stay in a GGZ institution, and a machtiging grant days under a zorgtype (docs/adr/0012)."""

from django.db import migrations, models
from django.db.models import Q

KINDS = [
    ('msr_first', 'MSR aanvraag'),
    ('msr_follow_up', 'MSR vervolgaanvraag'),
    ('ggz_stay', 'GGZ verblijf'),
]
INDICATIONS = [
    ('chronic_pain', 'Chronische pijn'),
    ('other', 'Overige indicatie'),
    ('psychic', 'Psychische stoornis'),
]
SETTINGS = ['day_treatment', 'inpatient', 'outpatient']


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0026_insured_links'),
    ]

    operations = [
        migrations.AlterField(
            model_name='authorizationrequest',
            name='kind',
            field=models.CharField(choices=KINDS, max_length=20, verbose_name='soort aanvraag'),
        ),
        migrations.AlterField(
            model_name='authorizationrequest',
            name='indication',
            field=models.CharField(blank=True, choices=INDICATIONS, default='', max_length=20, verbose_name='indicatie'),
        ),
        migrations.AlterField(
            model_name='team',
            name='kind',
            field=models.CharField(blank=True, choices=KINDS, default='', max_length=20, verbose_name='soort aanvraag'),
        ),
        migrations.AlterField(
            model_name='team',
            name='indication',
            field=models.CharField(blank=True, choices=INDICATIONS, default='', max_length=20, verbose_name='indicatie'),
        ),
        migrations.RemoveConstraint(model_name='authorizationrequest', name='request_filed_whole'),
        migrations.AddConstraint(
            model_name='authorizationrequest',
            constraint=models.CheckConstraint(
                name='request_filed_whole',
                condition=Q(status='draft', application=None, submitted_at=None, submitted_by=None, due_on=None)
                | (
                    ~Q(status='draft')
                    & Q(
                        application__isnull=False,
                        submitted_at__isnull=False,
                        submitted_by__isnull=False,
                        planned_start_on__isnull=False,
                        indication__in=['chronic_pain', 'other', 'psychic'],
                        setting__in=SETTINGS,
                    )
                ),
                violation_error_message='Een ingediende aanvraag is volledig, een concept is nog niet ingediend.',
            ),
        ),
        migrations.AddField(
            model_name='grant',
            name='zorgtype',
            field=models.CharField(blank=True, default='', max_length=3, verbose_name='zorgtype'),
        ),
        migrations.AddField(
            model_name='grant',
            name='days_of_stay',
            field=models.PositiveSmallIntegerField(null=True, verbose_name='dagen verblijf'),
        ),
        migrations.AddConstraint(
            model_name='grant',
            constraint=models.CheckConstraint(
                name='grant_of_stay_whole',
                condition=Q(zorgtype='', days_of_stay=None) | Q(zorgtype__regex='^[0-9]{3}$', days_of_stay__gte=1),
                violation_error_message='Bij verblijf horen een zorgtype en minstens 1 dag.',
            ),
        ),
    ]
