"""All that the queue counts stands in its index: the rows themselves lie too far apart to visit for a page."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('authorizations', '0031_paper'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='authorizationrequest',
            name='request_queue',
        ),
        migrations.AddIndex(
            model_name='authorizationrequest',
            index=models.Index(condition=models.Q(('status__in', ['answered', 'in_review', 'second_review', 'submitted', 'waiting_for_provider'])), fields=['insurer', 'due_on', 'id'], include=('provider', 'status', 'assigned_to', 'policy_version', 'team'), name='request_queue'),
        ),
    ]
