import django.contrib.postgres.fields
import django.db.models.deletion
import treffpunkt.core.clock
import treffpunkt.core.fields
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vocabulary', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Actor',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('sorting', treffpunkt.core.fields.SortKey('name', 'handle')),
                ('handle', models.CharField(blank=True, max_length=120, verbose_name='handle')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=120)),
                ('actor_kind', models.CharField(choices=[('administrator', 'Administrator'), ('moderator', 'Moderator'), ('key_actor', 'Key actor'), ('blogger', 'Blogger'), ('multiplier', 'Multiplier'), ('contact', 'Contact person')], default='administrator', max_length=14, verbose_name='kind')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), blank=True, default=list, size=None, verbose_name='languages')),
                ('standing', models.CharField(choices=[('unknown', 'not yet contacted'), ('asked', 'asked'), ('won', 'works with us'), ('declined', 'does not want to')], default='unknown', max_length=8, verbose_name='standing')),
                ('not_a_person', models.BooleanField(default=False, verbose_name='not a person (a machine or a shared account)')),
                ('consent_for', models.CharField(blank=True, max_length=300, verbose_name='agreed that we store')),
                ('consent_how', models.CharField(blank=True, max_length=120, verbose_name='agreed how')),
                ('consent_at', models.DateField(blank=True, null=True, verbose_name='agreed on')),
                ('next_touch', models.DateField(blank=True, null=True, verbose_name='next contact')),
                ('last_contact_at', models.DateTimeField(editable=False, null=True)),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('erased_at', models.DateTimeField(editable=False, null=True)),
                ('potential_reach', models.BigIntegerField(default=0, editable=False)),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who of us knows them')),
            ],
            options={
                'ordering': ('sorting', 'id'),
                'indexes': [models.Index(fields=['sorting', 'id'], name='actor_sorting'), models.Index(fields=['-potential_reach', '-id'], name='actor_reach'), models.Index(fields=['standing', 'sorting', 'id'], name='actor_standing'), models.Index(fields=['next_touch'], name='actor_next_touch'), models.Index(fields=['owner'], name='actor_owner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('source_key',), name='actor_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Channel',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('channel_kind', models.CharField(choices=[('mail', 'Mail'), ('phone', 'Phone'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('messenger', 'Facebook Messenger'), ('instagram', 'Instagram'), ('signal', 'Signal'), ('other', 'Other chat')], max_length=10, verbose_name='channel')),
                ('value', models.CharField(max_length=320, verbose_name='address or handle')),
                ('preferred', models.BooleanField(default=False, verbose_name='preferred')),
                ('safe', models.BooleanField(default=True, verbose_name='safe: nobody else reads it')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='channels', to='network.actor')),
            ],
            options={
                'ordering': ('-preferred', 'id'),
                'constraints': [models.UniqueConstraint(fields=('actor', 'channel_kind', 'value'), name='channel_once')],
            },
        ),
        migrations.CreateModel(
            name='Community',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('sorting', treffpunkt.core.fields.SortKey('name')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='countries')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('counsellors', models.ManyToManyField(blank=True, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='counsellors')),
                ('language', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.language', verbose_name='language')),
                ('platforms', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.platform', verbose_name='main platforms')),
            ],
            options={
                'ordering': ('sorting', 'id'),
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('sorting', treffpunkt.core.fields.SortKey('name')),
                ('organisation_kind', models.CharField(blank=True, max_length=120, verbose_name='kind')),
                ('purpose', models.JSONField(blank=True, default=dict, verbose_name='what it does')),
                ('website', models.CharField(blank=True, max_length=500, verbose_name='website')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=120)),
                ('latitude', models.FloatField(blank=True, null=True)),
                ('longitude', models.FloatField(blank=True, null=True)),
                ('radius', models.PositiveIntegerField(blank=True, null=True, verbose_name='works within (metres)')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('communities', models.ManyToManyField(blank=True, related_name='+', to='network.community', verbose_name='communities')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.place', verbose_name='place')),
            ],
            options={
                'ordering': ('sorting', 'id'),
                'indexes': [models.Index(fields=['sorting', 'id'], name='organisation_sorting')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('source_key',), name='organisation_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Pick',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('reach_added', models.PositiveBigIntegerField()),
                ('reach_so_far', models.PositiveBigIntegerField()),
                ('spaces_open', models.PositiveIntegerField()),
                ('communities_bridged', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.actor')),
                ('community', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.community')),
            ],
            options={
                'ordering': ('position',),
                'indexes': [models.Index(fields=['community', 'position'], name='pick_position')],
            },
        ),
        migrations.CreateModel(
            name='Space',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=300, verbose_name='name')),
                ('sorting', treffpunkt.core.fields.SortKey('name')),
                ('short_name', models.CharField(blank=True, max_length=120, verbose_name='German short name')),
                ('name_language', models.CharField(blank=True, max_length=12)),
                ('space_kind', models.CharField(choices=[('group', 'Group'), ('page', 'Page'), ('channel', 'Channel'), ('profile', 'Profile'), ('blog', 'Blog'), ('forum', 'Forum')], default='group', max_length=10, verbose_name='kind')),
                ('address', models.CharField(blank=True, max_length=500, verbose_name='address')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=120)),
                ('members', models.PositiveIntegerField(blank=True, null=True, verbose_name='members')),
                ('members_counted_on', models.DateField(blank=True, editable=False, null=True)),
                ('audience', models.CharField(blank=True, max_length=300, verbose_name='who meets here')),
                ('content', models.TextField(blank=True, verbose_name='what it is about')),
                ('visibility', models.CharField(blank=True, choices=[('', 'not known'), ('open', 'open to all'), ('closed', 'closed'), ('hidden', 'hidden')], max_length=8, verbose_name='visibility')),
                ('women_only', models.BooleanField(default=False, verbose_name='women only')),
                ('rules', models.TextField(blank=True, verbose_name='rules of the group, in short')),
                ('link_policy', models.CharField(blank=True, choices=[('', 'not known'), ('yes', 'yes'), ('ask', 'after asking'), ('no', 'no')], max_length=4, verbose_name='links allowed')),
                ('post_approval', models.CharField(blank=True, choices=[('', 'not known'), ('yes', 'yes'), ('ask', 'after asking'), ('no', 'no')], max_length=4, verbose_name='posts wait for approval')),
                ('state', models.CharField(choices=[('found', 'found'), ('contacted', 'contacted'), ('joined', 'joined'), ('cooperating', 'cooperating'), ('dormant', 'dormant'), ('lost', 'lost')], default='found', max_length=12, verbose_name='state')),
                ('state_since', models.DateTimeField(editable=False, null=True)),
                ('state_reason', models.CharField(blank=True, editable=False, max_length=300)),
                ('checked_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last checked')),
                ('check_due', models.DateField(blank=True, null=True, verbose_name='next check')),
                ('administrator_count', models.PositiveIntegerField(default=0, editable=False)),
                ('communities', models.ManyToManyField(blank=True, related_name='+', to='network.community', verbose_name='communities')),
                ('language', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.language', verbose_name='language')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='vocabulary.place', verbose_name='region')),
                ('platform', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vocabulary.platform', verbose_name='platform')),
            ],
            options={
                'ordering': ('sorting', 'id'),
                'indexes': [models.Index(fields=['sorting', 'id'], name='space_sorting'), models.Index(models.OrderBy(models.F('members'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), name='space_size'), models.Index(fields=['state', 'sorting', 'id'], name='space_state'), models.Index(fields=['platform', 'sorting', 'id'], name='space_platform'), models.Index(fields=['language', 'sorting', 'id'], name='space_language'), models.Index(fields=['check_due'], name='space_check_due'), models.Index(fields=['checked_at', 'id'], name='space_checked')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('address', ''), _negated=True), fields=('address',), name='space_address_once'), models.UniqueConstraint(condition=models.Q(('source_key', ''), _negated=True), fields=('source_key',), name='space_source_once')],
            },
        ),
        migrations.CreateModel(
            name='Role',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('role', models.CharField(choices=[('administrator', 'Administrator'), ('moderator', 'Moderator'), ('author', 'Author'), ('opinion_leader', 'Opinion leader'), ('contact', 'Contact person')], default='administrator', max_length=14, verbose_name='role')),
                ('since', models.DateField(blank=True, null=True, verbose_name='since')),
                ('until', models.DateField(blank=True, null=True, verbose_name='until')),
                ('evidence', models.CharField(blank=True, max_length=300, verbose_name='known from')),
                ('actor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='network.actor')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='network.organisation')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roles', to='network.space')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.CheckConstraint(condition=models.Q(('space', None), ('organisation', None), _connector='XOR'), name='role_in_space_or_organisation'), models.UniqueConstraint(condition=models.Q(('organisation', None), ('until', None)), fields=('actor', 'space', 'role'), name='role_space_once'), models.UniqueConstraint(condition=models.Q(('space', None), ('until', None)), fields=('actor', 'organisation', 'role'), name='role_organisation_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('channel_kind', models.CharField(blank=True, choices=[('mail', 'Mail'), ('phone', 'Phone'), ('whatsapp', 'WhatsApp'), ('telegram', 'Telegram'), ('messenger', 'Facebook Messenger'), ('instagram', 'Instagram'), ('signal', 'Signal'), ('other', 'Other chat')], max_length=10, verbose_name='channel')),
                ('direction', models.CharField(choices=[('out', 'we to them'), ('in', 'they to us')], default='out', max_length=3, verbose_name='direction')),
                ('note', models.TextField(blank=True, verbose_name='what was said')),
                ('language', models.CharField(blank=True, max_length=12)),
                ('outcome', models.CharField(blank=True, choices=[('no_answer', 'no answer'), ('talked', 'talked'), ('interested', 'interested'), ('agreed', 'wants to work with us'), ('later', 'not now, ask again'), ('declined', 'does not want to')], max_length=10, verbose_name='outcome')),
                ('next_step', models.CharField(blank=True, max_length=300, verbose_name='next step')),
                ('confidential', models.BooleanField(default=False, verbose_name='confidential')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='network.actor')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='network.organisation')),
                ('space', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='network.space')),
            ],
            options={
                'ordering': ('-at', '-id'),
                'constraints': [models.CheckConstraint(condition=models.Q(('actor', None), ('organisation', None), ('space', None), _negated=True), name='contact_with_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Tie',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('one_kind', models.CharField(max_length=60)),
                ('one_id', models.UUIDField()),
                ('other_kind', models.CharField(max_length=60)),
                ('other_id', models.UUIDField()),
                ('what', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one_id', 'other_id'), name='tie_once')],
            },
        ),
    ]
