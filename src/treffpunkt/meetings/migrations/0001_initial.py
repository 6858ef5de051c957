import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import treffpunkt.core.clock
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='AgendaTopic',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('titles', models.JSONField(default=dict, verbose_name='titles')),
                ('questions', models.JSONField(default=dict, verbose_name='guiding questions')),
                ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('note', 'Note'), ('need', 'Need'), ('trend', 'Trend'), ('lesson', 'Lesson'), ('incident', 'Incident'), ('task', 'Task'), ('promise', 'Promise'), ('space', 'Space or way in'), ('cooperation', 'Cooperation')], max_length=12), default=list, size=None)),
                ('minutes', models.PositiveSmallIntegerField(default=15, verbose_name='minutes')),
            ],
            options={
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='AgendaItem',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('titles', models.JSONField(default=dict)),
                ('questions', models.JSONField(default=dict)),
                ('minutes', models.PositiveSmallIntegerField(default=15)),
                ('opened_at', models.DateTimeField(null=True)),
                ('seconds_spent', models.PositiveIntegerField(default=0)),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='meetings.agendatopic')),
            ],
            options={
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('title', models.JSONField(blank=True, default=dict, verbose_name='title for guests')),
                ('greeting', models.JSONField(blank=True, default=dict, verbose_name='greeting')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None, verbose_name='languages spoken')),
                ('day', models.DateField(verbose_name='day')),
                ('time', models.TimeField(verbose_name='time')),
                ('starts', models.DateTimeField(editable=False, verbose_name='begins')),
                ('minutes_long', models.PositiveSmallIntegerField(default=90, verbose_name='length in minutes')),
                ('zone', models.CharField(default='Europe/Berlin', max_length=64, verbose_name='time zone')),
                ('form', models.CharField(choices=[('online', 'online'), ('on_site', 'on site'), ('hybrid', 'on site and online')], default='online', max_length=8, verbose_name='form')),
                ('room', models.CharField(blank=True, max_length=500, verbose_name='address of the video room')),
                ('venue', models.CharField(blank=True, max_length=300, verbose_name='place')),
                ('seats', models.PositiveIntegerField(blank=True, null=True, verbose_name='seats')),
                ('state', models.CharField(choices=[('draft', 'in preparation'), ('inviting', 'invited'), ('running', 'running'), ('held', 'held'), ('reviewing', 'minutes in review'), ('closed', 'closed'), ('cancelled', 'cancelled'), ('postponed', 'postponed')], default='draft', max_length=10, verbose_name='state')),
                ('started_at', models.DateTimeField(editable=False, null=True)),
                ('ended_at', models.DateTimeField(editable=False, null=True)),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('summaries', models.JSONField(blank=True, default=dict, verbose_name='summary in other languages')),
                ('moved_at', models.DateTimeField(editable=False, null=True)),
                ('seq', models.PositiveBigIntegerField(default=0, editable=False)),
                ('calendar_sequence', models.PositiveIntegerField(default=0, editable=False)),
                ('communities', models.ManyToManyField(related_name='+', to='network.community', verbose_name='communities')),
                ('current_item', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='meetings.agendaitem')),
                ('hosts', models.ManyToManyField(related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='hosts')),
            ],
            options={
                'ordering': ('-starts', 'id'),
                'indexes': [models.Index(fields=['-starts', 'id'], name='meeting_starts'), models.Index(fields=['state', '-starts'], name='meeting_state')],
            },
        ),
        migrations.AddField(
            model_name='agendaitem',
            name='meeting',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='agenda', to='meetings.meeting'),
        ),
        migrations.CreateModel(
            name='Minutes',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('language', models.CharField(max_length=12)),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('content', models.JSONField(default=dict)),
                ('pdf', models.CharField(blank=True, max_length=64)),
                ('sent_at', models.DateTimeField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='minutes', to='meetings.meeting')),
            ],
            options={
                'ordering': ('language', '-revision'),
                'constraints': [models.UniqueConstraint(fields=('meeting', 'language', 'revision'), name='minutes_revision_once')],
            },
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('title', models.JSONField(blank=True, default=dict, verbose_name='title')),
                ('begins', models.DateField(verbose_name='from')),
                ('ends', models.DateField(verbose_name='until')),
                ('communities', models.ManyToManyField(blank=True, related_name='+', to='network.community', verbose_name='communities')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='contact person')),
            ],
            options={
                'verbose_name_plural': 'series',
                'ordering': ('-begins', 'id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends__gte', models.F('begins'))), name='series_in_order')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.series', verbose_name='series'),
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('seq', models.PositiveBigIntegerField()),
                ('text', models.TextField(verbose_name='statement')),
                ('language', models.CharField(blank=True, max_length=12)),
                ('gist', models.TextField(blank=True, verbose_name='gist in German')),
                ('statement_kind', models.CharField(choices=[('note', 'Note'), ('need', 'Need'), ('trend', 'Trend'), ('lesson', 'Lesson'), ('incident', 'Incident'), ('task', 'Task'), ('promise', 'Promise'), ('space', 'Space or way in'), ('cooperation', 'Cooperation')], default='note', max_length=12, verbose_name='kind')),
                ('women_specific', models.BooleanField(default=False, verbose_name='concerns women especially')),
                ('confidential', models.BooleanField(default=False, verbose_name='confidential')),
                ('noted_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='meetings.agendaitem')),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='statements', to='meetings.meeting')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.actor')),
            ],
            options={
                'ordering': ('noted_at', 'id'),
                'indexes': [models.Index(fields=['meeting', 'seq'], name='statement_seq'), models.Index(fields=['item', 'noted_at'], name='statement_item')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'seq'), name='statement_seq_once'), models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='statement_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Writing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('seen_at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='writing', to='meetings.meeting')),
                ('staff', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'staff'), name='writing_once')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('language', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('planned', 'planned'), ('sent', 'no answer yet'), ('accepted', 'is coming'), ('tentative', 'maybe'), ('declined', 'is not coming'), ('waiting', 'waiting list')], default='planned', max_length=10)),
                ('sent_at', models.DateTimeField(editable=False, null=True)),
                ('answered_at', models.DateTimeField(editable=False, null=True)),
                ('answered_via', models.CharField(blank=True, choices=[('', ''), ('link', 'by link'), ('calendar', 'by calendar'), ('staff', 'noted by us')], editable=False, max_length=8)),
                ('reminded_at', models.DateTimeField(editable=False, null=True)),
                ('attendance', models.CharField(blank=True, choices=[('', 'not noted'), ('attended', 'was there'), ('excused', 'excused'), ('absent', 'absent')], max_length=8)),
                ('remark', models.CharField(blank=True, max_length=500)),
                ('uid', models.CharField(max_length=40, unique=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.actor')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.organisation')),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='meetings.meeting')),
            ],
            options={
                'ordering': ('id',),
                'indexes': [models.Index(fields=['meeting', 'state'], name='invitation_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('actor', None), ('staff', None), _connector='XOR'), name='invitation_actor_or_staff'), models.UniqueConstraint(fields=('meeting', 'actor'), name='invitation_actor_once'), models.UniqueConstraint(fields=('meeting', 'staff'), name='invitation_staff_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='agendaitem',
            constraint=models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('meeting', 'position'), name='agenda_position_once'),
        ),
    ]
