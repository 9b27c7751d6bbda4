"""The purchasing season of an insurer for a contract year, and its startbrieven."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_kind_of_organization'),
        ('contracting', '0003_budgets'),
        ('papers', '0003_reading'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Season',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='contractjaar')),
                ('start_letter_on', models.DateField(verbose_name='startbrief versturen')),
                ('questionnaire_on', models.DateField(verbose_name='laatste dag voor vragenlijsten')),
                ('negotiate_on', models.DateField(verbose_name='einde van de onderhandelperiode')),
                ('publish_on', models.DateField(verbose_name='lijst publiceren')),
                ('process_on', models.DateField(verbose_name='einde van de verwerking')),
                ('policy', models.TextField(verbose_name='inkoopbeleid')),
                ('contact_name', models.CharField(max_length=120, verbose_name='contactpersoon')),
                ('contact_email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('contact_phone', models.CharField(blank=True, default='', max_length=20, verbose_name='telefoonnummer')),
                ('changed_at', models.DateTimeField(verbose_name='bewaard op')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='bewaard door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
            ],
            options={
                'verbose_name': 'inkoopseizoen',
                'verbose_name_plural': 'inkoopseizoenen',
                'ordering': ['-year', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='StartLetter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='contractjaar')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgverzekeraar')),
                ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.letter', verbose_name='brief')),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('season', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='contracting.season', verbose_name='seizoen')),
            ],
            options={
                'verbose_name': 'startbrief',
                'verbose_name_plural': 'startbrieven',
                'ordering': ['season', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='season',
            constraint=models.UniqueConstraint(fields=('insurer', 'year'), name='one_season_a_year', violation_error_message='Voor dit jaar is er al een inkoopkalender.'),
        ),
        migrations.AddConstraint(
            model_name='season',
            constraint=models.CheckConstraint(condition=models.Q(('year__gte', 2006), ('year__lte', 2100)), name='season_year_likely', violation_error_message='Controleer het jaar.'),
        ),
        migrations.AddConstraint(
            model_name='season',
            constraint=models.CheckConstraint(condition=models.Q(('contact_name__regex', '\\S'), ('policy__regex', '\\S')), name='season_names_a_contact', violation_error_message='Vul het beleid en de contactpersoon in.'),
        ),
        migrations.AddConstraint(
            model_name='startletter',
            constraint=models.UniqueConstraint(fields=('season', 'provider'), name='start_letter_once', violation_error_message='Deze zorgaanbieder heeft de startbrief al.'),
        ),
    ]
