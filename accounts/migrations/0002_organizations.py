"""Organisations with their locations, roles, invitations and API keys; who asks for access, and who guesses."""

import accounts.models.api_keys
import datetime
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("accounts", "0002_membership_kind_of_organization"),
        ("accounts", "0003_logbeheerder_at_providers"),
        ("accounts", "0004_session_round"),
        ("accounts", "0005_guesses"),
        ("accounts", "0006_access_requests"),
        ("accounts", "0007_external_identities"),
        ("accounts", "0008_separate_duties"),
    ]

    dependencies = [
        ("accounts", "0001_people"),
        # First all that hangs on a person: each of its steps goes through every table that is there already.
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Organization',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('provider', 'Zorgaanbieder'), ('insurer', 'Zorgverzekeraar')], max_length=10, verbose_name='soort')),
                ('name', models.CharField(max_length=150, verbose_name='naam')),
                ('agb_code', models.CharField(blank=True, max_length=8, verbose_name='AGB-code')),
                ('kvk_number', models.CharField(blank=True, max_length=8, verbose_name='KvK-nummer')),
                ('vecozo_certificate', models.BooleanField(blank=True, null=True, verbose_name='VECOZO-certificaat')),
                ('uzovi', models.CharField(blank=True, max_length=4, verbose_name='UZOVI-code')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='straat en huisnummer')),
                ('postcode', models.CharField(blank=True, max_length=7, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='plaats')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='telefoonnummer')),
            ],
            options={
                'verbose_name': 'organisatie',
                'verbose_name_plural': 'organisaties',
                'ordering': ['name', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['provider', 'insurer'])), name='organization_kind_known', violation_error_message='Kies zorgaanbieder of zorgverzekeraar.'),
                    models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='organization_has_a_name', violation_error_message='Vul de naam van de organisatie in.'),
                    models.CheckConstraint(condition=models.Q(('agb_code__regex', '^([0-9]{8})?$')), name='organization_agb_code_8_digits', violation_error_message='Een AGB-code heeft 8 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('agb_code', ''), ('kind', 'provider'), _negated=True), name='provider_has_agb_code', violation_error_message='Een zorgaanbieder heeft een AGB-code nodig.'),
                    models.CheckConstraint(condition=models.Q(('kvk_number__regex', '^([0-9]{8})?$')), name='organization_kvk_number_8_digits', violation_error_message='Een KvK-nummer heeft 8 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('uzovi__regex', '^([0-9]{4})?$')), name='organization_uzovi_4_digits', violation_error_message='Een UZOVI-code heeft 4 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('postcode__regex', '^([1-9][0-9]{3} [A-Z]{2})?$')), name='organization_postcode_form', violation_error_message='Een postcode ziet er zo uit: 1234 AB.'),
                    models.UniqueConstraint(condition=models.Q(('agb_code', ''), _negated=True), fields=('agb_code',), name='organization_agb_code_once', violation_error_message='Deze AGB-code hoort al bij een andere organisatie.'),
                    models.UniqueConstraint(condition=models.Q(('uzovi', ''), _negated=True), fields=('uzovi',), name='organization_uzovi_once', violation_error_message='Deze UZOVI-code hoort al bij een andere organisatie.'),
                    models.UniqueConstraint(fields=('id', 'kind'), name='organization_id_with_kind'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization_kind', models.CharField(choices=[('provider', 'Zorgaanbieder'), ('insurer', 'Zorgverzekeraar')], max_length=10, verbose_name='soort organisatie')),
                ('role', models.CharField(choices=[('lezer', 'Lezer'), ('indiener', 'Indiener'), ('behandelaar', 'Behandelaar'), ('organisatiebeheerder', 'Organisatiebeheerder'), ('medewerker', 'Medewerker'), ('medisch_adviseur', 'Medisch adviseur'), ('coordinator', 'Coördinator'), ('beheerder', 'Beheerder'), ('logbeheerder', 'Logbeheerder')], max_length=24, verbose_name='rol')),
                ('started_at', models.DateTimeField(verbose_name='begonnen op')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='geëindigd op')),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='beëindigd door')),
                ('started_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gegeven door')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='persoon')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.organization', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'rol van een persoon',
                'verbose_name_plural': 'rollen van personen',
                'constraints': [
                    models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'organization', 'role'), name='membership_once_active', violation_error_message='Deze persoon heeft deze rol al.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='membership_ended_pair', violation_error_message='Wie de rol beëindigde en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('started_at')), _connector='OR'), name='membership_ends_after_start', violation_error_message='Een rol eindigt niet voordat hij begint.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('organization_kind', 'provider'), ('role__in', ['lezer', 'indiener', 'behandelaar', 'organisatiebeheerder', 'logbeheerder'])), models.Q(('organization_kind', 'insurer'), ('role__in', ['medewerker', 'medisch_adviseur', 'coordinator', 'beheerder', 'logbeheerder'])), _connector='OR'), name='membership_role_fits_kind', violation_error_message='Deze rol past niet bij dit soort organisatie.'),
                    django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('ended_at', None)), expressions=[('organization', '='), ('user', '='), (models.Case(models.When(role='logbeheerder', then=models.Value(1)), default=models.Value(0), output_field=models.SmallIntegerField()), '<>')], name='membership_logbeheerder_alone', violation_error_message='Een logbeheerder ziet zelf geen stukken en heeft geen andere rol.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Location',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='naam')),
                ('street', models.CharField(blank=True, max_length=120, verbose_name='straat en huisnummer')),
                ('postcode', models.CharField(blank=True, max_length=7, verbose_name='postcode')),
                ('city', models.CharField(blank=True, max_length=80, verbose_name='plaats')),
                ('agb_code', models.CharField(blank=True, max_length=8, verbose_name='AGB-code')),
                ('stopped_at', models.DateTimeField(blank=True, null=True, verbose_name='gestopt op')),
                ('stopped_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gestopt door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='locations', to='accounts.organization', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'locatie',
                'verbose_name_plural': 'locaties',
                'ordering': ['name', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='location_has_a_name', violation_error_message='Vul de naam van de locatie in.'),
                    models.CheckConstraint(condition=models.Q(('agb_code__regex', '^([0-9]{8})?$')), name='location_agb_code_8_digits', violation_error_message='Een AGB-code heeft 8 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('postcode__regex', '^([1-9][0-9]{3} [A-Z]{2})?$')), name='location_postcode_form', violation_error_message='Een postcode ziet er zo uit: 1234 AB.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('stopped_at', None), ('stopped_by', None)), models.Q(('stopped_at__isnull', False), ('stopped_by__isnull', False)), _connector='OR'), name='location_stopped_pair', violation_error_message='Wie stopte en wanneer horen bij elkaar.'),
                    models.UniqueConstraint(condition=models.Q(('stopped_at', None)), fields=('organization', 'name'), name='location_name_once', violation_error_message='Uw organisatie heeft al een locatie met deze naam.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('full_name', models.CharField(max_length=150, verbose_name='naam')),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('lezer', 'Lezer'), ('indiener', 'Indiener'), ('behandelaar', 'Behandelaar'), ('organisatiebeheerder', 'Organisatiebeheerder'), ('medewerker', 'Medewerker'), ('medisch_adviseur', 'Medisch adviseur'), ('coordinator', 'Coördinator'), ('beheerder', 'Beheerder'), ('logbeheerder', 'Logbeheerder')], max_length=24), size=None, verbose_name='rollen')),
                ('token_hash', models.CharField(max_length=64, unique=True, verbose_name='hash van de geheime code')),
                ('invited_at', models.DateTimeField(verbose_name='uitgenodigd op')),
                ('expires_at', models.DateTimeField(verbose_name='geldig tot')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='aangenomen op')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken op')),
                ('accepted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='aangenomen door')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='uitgenodigd door')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingetrokken door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='accounts.organization', verbose_name='organisatie')),
            ],
            options={
                'verbose_name': 'uitnodiging',
                'verbose_name_plural': 'uitnodigingen',
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='invitation_email_in_small_letters', violation_error_message='Schrijf het e-mailadres in kleine letters.'),
                    models.CheckConstraint(condition=models.Q(('roles__len__gte', 1), ('roles__contained_by', ['lezer', 'indiener', 'behandelaar', 'organisatiebeheerder', 'medewerker', 'medisch_adviseur', 'coordinator', 'beheerder', 'logbeheerder'])), name='invitation_has_roles', violation_error_message='Kies minstens 1 rol.'),
                    models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('invited_at'))), name='invitation_expires_later', violation_error_message='Een uitnodiging is na het versturen nog geldig.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('accepted_by', None)), models.Q(('accepted_at__isnull', False), ('accepted_by__isnull', False)), _connector='OR'), name='invitation_accepted_pair', violation_error_message='Wie de uitnodiging aannam en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='invitation_withdrawn_pair', violation_error_message='Wie de uitnodiging introk en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None), _connector='OR'), name='invitation_not_accepted_and_withdrawn', violation_error_message='Een aangenomen uitnodiging kan niet worden ingetrokken.'),
                    models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('organization', 'email'), name='invitation_once_open', violation_error_message='Voor dit e-mailadres loopt al een uitnodiging.'),
                    models.CheckConstraint(condition=models.Q(('roles__len', 1), models.Q(('roles__contains', ['logbeheerder']), _negated=True), _connector='OR'), name='invitation_logbeheerder_alone', violation_error_message='Een logbeheerder ziet zelf geen stukken en heeft geen andere rol.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='AccessRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organization_name', models.CharField(max_length=150, verbose_name='naam van de organisatie')),
                ('agb_code', models.CharField(max_length=8, verbose_name='AGB-code')),
                ('kvk_number', models.CharField(max_length=8, verbose_name='KvK-nummer')),
                ('full_name', models.CharField(max_length=150, verbose_name='naam')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mailadres')),
                ('phone', models.CharField(max_length=20, verbose_name='telefoonnummer')),
                ('asked_at', models.DateTimeField(verbose_name='gevraagd op')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='behandeld op')),
                ('refused_because', models.CharField(blank=True, max_length=500, verbose_name='reden van de afwijzing')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='behandeld door')),
                ('insurer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_requests', to='accounts.organization', verbose_name='zorgverzekeraar')),
                ('invitation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='accounts.invitation', verbose_name='uitnodiging')),
            ],
            options={
                'verbose_name': 'vraag om toegang',
                'verbose_name_plural': 'vragen om toegang',
                'ordering': ['asked_at', 'pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('agb_code__regex', '^[0-9]{8}$')), name='access_request_agb_code_8_digits', violation_error_message='Een AGB-code heeft 8 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('kvk_number__regex', '^[0-9]{8}$')), name='access_request_kvk_number_8_digits', violation_error_message='Een KvK-nummer heeft 8 cijfers.'),
                    models.CheckConstraint(condition=models.Q(('full_name__regex', '\\S'), ('organization_name__regex', '\\S')), name='access_request_named', violation_error_message='Vul de naam van de organisatie en van uzelf in.'),
                    models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email'))), name='access_request_email_in_small_letters', violation_error_message='Schrijf het e-mailadres in kleine letters.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None), ('invitation', None), ('refused_because', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('invitation__isnull', False), ('refused_because', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), ('invitation', None), models.Q(('refused_because', ''), _negated=True)), _connector='OR'), name='access_request_decided_once', violation_error_message='Een vraag is open, of heeft een uitnodiging, of een reden van afwijzing.'),
                    models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('insurer', 'agb_code', 'email'), name='access_request_once_open', violation_error_message='Deze vraag loopt al.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Guesses',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.CharField(max_length=64, verbose_name='account')),
                ('source', models.CharField(max_length=64, verbose_name='bron')),
                ('known_device', models.BooleanField(default=False, verbose_name='bekend apparaat')),
                ('wrong', models.PositiveIntegerField(verbose_name='aantal fout')),
                ('last_wrong_at', models.DateTimeField(verbose_name='laatst fout op')),
                ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='rust tot')),
            ],
            options={
                'verbose_name': 'foute wachtwoorden',
                'verbose_name_plural': 'foute wachtwoorden',
                'indexes': [
                    models.Index(fields=['source', 'last_wrong_at'], name='guesses_source'),
                ],
                'constraints': [
                    models.UniqueConstraint(fields=('account', 'source'), name='guesses_once'),
                    models.CheckConstraint(condition=models.Q(('locked_until', None), ('locked_until__gt', models.F('last_wrong_at')), _connector='OR'), name='guesses_rest_after_mistake', violation_error_message='De rust begint na de laatste fout.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ExternalIdentity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255, verbose_name='uitgever')),
                ('subject', models.CharField(max_length=255, verbose_name='onderwerp')),
                ('linked_at', models.DateTimeField(verbose_name='gekoppeld op')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to=settings.AUTH_USER_MODEL, verbose_name='persoon')),
            ],
            options={
                'verbose_name': 'identiteit elders',
                'verbose_name_plural': 'identiteiten elders',
                'constraints': [
                    models.UniqueConstraint(fields=('issuer', 'subject'), name='external_identity_once'),
                    models.CheckConstraint(condition=models.Q(models.Q(('issuer', ''), _negated=True), models.Q(('subject', ''), _negated=True)), name='external_identity_named', violation_error_message='Een identiteit heeft een uitgever en een onderwerp.'),
                ],
            },
        ),
        migrations.CreateModel(
            name='ApiKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='naam')),
                ('prefix', models.CharField(max_length=8, verbose_name='begin van de sleutel')),
                ('secret_hash', models.CharField(max_length=64, verbose_name='hash van het geheim')),
                ('made_at', models.DateTimeField(verbose_name='gemaakt op')),
                ('expires_on', models.DateField(verbose_name='geldig tot en met')),
                ('last_used_on', models.DateField(blank=True, null=True, verbose_name='laatst gebruikt op')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='ingetrokken op')),
                ('acts_for', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='legt vast in naam van')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='gemaakt door')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organization', verbose_name='zorgaanbieder')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ingetrokken door')),
            ],
            options={
                'verbose_name': 'API-sleutel',
                'verbose_name_plural': 'API-sleutels',
                'constraints': [
                    models.UniqueConstraint(fields=('prefix',), name='api_key_prefix_once', violation_error_message='Er is al een sleutel met dit begin.'),
                    models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('organization', 'name'), name='api_key_name_once', violation_error_message='Er is al een sleutel met deze naam. Kies een andere naam.'),
                    models.CheckConstraint(condition=models.Q(('name__regex', '\\S')), name='api_key_has_a_name', violation_error_message='Geef de sleutel een naam.'),
                    models.CheckConstraint(condition=models.Q(('prefix__regex', '^[0-9a-f]{8}$')), name='api_key_prefix_form', violation_error_message='Een sleutel begint met 8 tekens: cijfers en de letters a tot en met f.'),
                    models.CheckConstraint(condition=models.Q(('secret_hash__regex', '^[0-9a-f]{64}$')), name='api_key_only_the_hash', violation_error_message='Van het geheim bewaren wij alleen de hash.'),
                    models.CheckConstraint(condition=models.Q(('expires_on__gte', accounts.models.api_keys.LocalDay('made_at')), ('expires_on__lte', django.db.models.expressions.CombinedExpression(accounts.models.api_keys.LocalDay('made_at'), '+', models.Value(datetime.timedelta(days=366))))), name='api_key_a_year_at_most', violation_error_message='Een sleutel is hoogstens 1 jaar geldig.'),
                    models.CheckConstraint(condition=models.Q(('last_used_on', None), ('last_used_on__gte', accounts.models.api_keys.LocalDay('made_at')), _connector='OR'), name='api_key_used_after_it_was_made', violation_error_message='Een sleutel wordt niet gebruikt voordat hij er is.'),
                    models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('revoked_by', None)), models.Q(('revoked_at__isnull', False), ('revoked_by__isnull', False)), _connector='OR'), name='api_key_revoked_pair', violation_error_message='Wie de sleutel introk en wanneer horen bij elkaar.'),
                    models.CheckConstraint(condition=models.Q(('revoked_at', None), ('revoked_at__gte', models.F('made_at')), _connector='OR'), name='api_key_revoked_after_it_was_made', violation_error_message='Een sleutel wordt niet ingetrokken voordat hij er is.'),
                ],
            },
        ),
    ]
