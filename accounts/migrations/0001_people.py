"""Who logs in. It comes alone, so that the packages that hang on it find few tables to look through."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    replaces = [
        ("accounts", "0001_initial"),
    ]

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mailadres')),
                ('full_name', models.CharField(max_length=150, verbose_name='naam')),
                ('profession', models.CharField(blank=True, max_length=80, verbose_name='beroep')),
                ('big_number', models.CharField(blank=True, max_length=11, verbose_name='BIG-nummer')),
                ('agb_code', models.CharField(blank=True, max_length=8, verbose_name='AGB-code')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefoonnummer')),
                ('shortcuts_on', models.BooleanField(default=True, verbose_name='sneltoetsen')),
                ('is_active', models.BooleanField(default=True, verbose_name='mag inloggen')),
                ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='account sinds')),
                ('session_round', models.PositiveIntegerField(default=0, verbose_name='ronde van sessies')),
            ],
            options={
                'verbose_name': 'persoon',
                'verbose_name_plural': 'personen',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='user_email_in_small_letters', violation_error_message='Schrijf het e-mailadres in kleine letters.'),
                    models.CheckConstraint(condition=models.Q(('full_name__regex', '\\S')), name='user_has_a_name', violation_error_message='Vul een naam in.'),
                    models.CheckConstraint(condition=models.Q(('big_number__regex', '^([0-9]{11})?$')), name='user_big_number_11_digits', violation_error_message='Het BIG-nummer heeft 11 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('agb_code__regex', '^([0-9]{8})?$')), name='user_agb_code_8_digits', violation_error_message='Een AGB-code heeft 8 cijfers.'),
                ],
            },
        ),
    ]
