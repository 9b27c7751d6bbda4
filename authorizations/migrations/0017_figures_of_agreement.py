"""Count how far blind second opinions agree, and how heroverwegingen ended."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('authorizations', '0016_heroverweging'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='dayfigure',
            name='figure_measure_known',
        ),
        migrations.AlterField(
            model_name='dayfigure',
            name='key',
            field=models.CharField(blank=True, default='', max_length=60, verbose_name='onderdeel'),
        ),
        migrations.AlterField(
            model_name='dayfigure',
            name='measure',
            field=models.CharField(choices=[('received', 'Ontvangen aanvragen'), ('outcome', 'Afgeronde aanvragen, per uitkomst'), ('first_time', 'Besloten aanvragen, in één keer goed'), ('question', 'Aanvragen met een vraag, per criterium'), ('denied_for', 'Afgewezen aanvragen, per criterium waaraan niet is voldaan'), ('second', 'Tweede beoordelingen'), ('agreement', 'Blinde tweede oordelen, per criterium en per paar van oordelen'), ('reconsidered', 'Heroverwegingen, per uitkomst'), ('insurer', 'Besloten aanvragen, per aantal werkdagen van de verzekeraar'), ('provider', 'Besloten aanvragen, per aantal werkdagen van de zorgaanbieder'), ('patient', 'Besloten aanvragen, per aantal werkdagen dat de patiënt wachtte')], max_length=12, verbose_name='cijfer'),
        ),
        migrations.AddConstraint(
            model_name='dayfigure',
            constraint=models.CheckConstraint(condition=models.Q(('measure__in', ['agreement', 'denied_for', 'first_time', 'insurer', 'outcome', 'patient', 'provider', 'question', 'received', 'reconsidered', 'second'])), name='figure_measure_known', violation_error_message='Dit cijfer bestaat niet.'),
        ),
    ]
