import django.db.models.deletion
import treffpunkt.core.clock
import treffpunkt.core.fields
import uuid_utils.compat
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('network', '0005_profiles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('vocabulary', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agreement',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('sorting', treffpunkt.core.fields.SortKey('name')),
                ('language', models.CharField(max_length=12, verbose_name='language')),
                ('answer_days', models.PositiveSmallIntegerField(default=2, verbose_name='we answer within (working days)')),
                ('needs', models.CharField(choices=[('all', 'as soon as everybody has agreed'), ('one', 'as soon as one of them has agreed')], default='all', max_length=4, verbose_name='in force')),
                ('state', models.CharField(choices=[('draft', 'in preparation'), ('offered', 'offered'), ('in_force', 'in force'), ('suspended', 'paused'), ('ended', 'ended')], default='draft', max_length=10, verbose_name='state')),
                ('state_since', models.DateTimeField(editable=False, null=True)),
                ('ending', models.CharField(blank=True, choices=[('', ''), ('withdrawn', 'withdrawn by them'), ('declined', 'they would rather not'), ('by_us', 'ended by us'), ('replaced', 'replaced by a new one'), ('lapsed', 'ran out'), ('dropped', 'not pursued'), ('gone', 'nobody left who agreed to it')], editable=False, max_length=10, verbose_name='how it ended')),
                ('in_force_since', models.DateTimeField(editable=False, null=True)),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='runs until')),
                ('review_every', models.PositiveSmallIntegerField(default=12, verbose_name='looked at again every (months)')),
                ('review_on', models.DateField(blank=True, null=True, verbose_name='looked at again on')),
                ('reminded_of', models.DateField(editable=False, null=True)),
                ('note', models.TextField(blank=True, verbose_name='note for us')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who of us looks after it')),
                ('replaced_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agreements.agreement')),
                ('spaces', models.ManyToManyField(blank=True, related_name='+', to='network.space', verbose_name='groups and channels')),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics')),
            ],
            options={
                'ordering': ('sorting', 'id'),
                'indexes': [models.Index(fields=['sorting', 'id'], name='agreement_sorting'), models.Index(fields=['state', 'sorting', 'id'], name='agreement_state'), models.Index(fields=['-state_since', '-id'], name='agreement_since'), models.Index(fields=['review_on', 'id'], name='agreement_review'), models.Index(condition=models.Q(('ends_on__isnull', False)), fields=['ends_on', 'id'], name='agreement_ends')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ending__gt', ''), ('state', 'ended')), models.Q(models.Q(('state', 'ended'), _negated=True), ('ending', '')), _connector='OR'), name='agreement_ends_somehow')],
            },
        ),
        migrations.CreateModel(
            name='AgreementVersion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('state', models.CharField(choices=[('draft', 'being written'), ('offered', 'offered'), ('accepted', 'agreed'), ('declined', 'declined'), ('taken_back', 'taken back')], default='draft', max_length=10, verbose_name='state')),
                ('language', models.CharField(max_length=12)),
                ('sentences', models.JSONField(default=list)),
                ('left_out', models.JSONField(blank=True, default=dict)),
                ('text', models.TextField(blank=True)),
                ('text_de', models.TextField(blank=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('sealed_at', models.DateTimeField(editable=False, null=True)),
                ('accepted_at', models.DateTimeField(editable=False, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='agreements.agreement')),
            ],
            options={
                'ordering': ('-number', 'id'),
                'constraints': [models.UniqueConstraint(fields=('agreement', 'number'), name='agreement_version_once'), models.UniqueConstraint(condition=models.Q(('state__in', ('draft', 'offered'))), fields=('agreement',), name='agreement_one_open_version'), models.CheckConstraint(condition=models.Q(models.Q(('sealed_at', None), ('sha256', ''), ('state', 'draft')), ('state', 'taken_back'), models.Q(('sealed_at__isnull', False), ('sha256__regex', '^[0-9a-f]{64}$')), _connector='OR'), name='agreement_offered_is_sealed')],
            },
        ),
        migrations.AddField(
            model_name='agreement',
            name='current',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agreements.agreementversion'),
        ),
        migrations.CreateModel(
            name='Clause',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('key', models.SlugField(max_length=40, unique=True)),
                ('names', models.JSONField(default=dict, verbose_name='name')),
                ('section', models.CharField(choices=[('ours', 'What we do'), ('theirs', 'What they do'), ('women', "Women's needs"), ('rights', 'Granted rights'), ('frame', 'How it goes on')], max_length=8, verbose_name='section')),
                ('position', models.PositiveSmallIntegerField(default=100)),
                ('standard', models.BooleanField(default=False, verbose_name='part of every new agreement')),
                ('expected', models.BooleanField(default=False, verbose_name='leaving it out asks why')),
                ('fixed', models.BooleanField(default=False, verbose_name='cannot be left out')),
                ('retired_at', models.DateTimeField(editable=False, null=True)),
                ('topics', models.ManyToManyField(blank=True, related_name='+', to='vocabulary.topic', verbose_name='topics')),
            ],
            options={
                'ordering': ('position', 'id'),
            },
        ),
        migrations.CreateModel(
            name='ClauseVersion',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('texts', models.JSONField(default=dict, verbose_name='text')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what is new')),
                ('clause', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='agreements.clause')),
                ('written_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-number', 'id'),
                'constraints': [models.UniqueConstraint(fields=('clause', 'number'), name='clause_version_once'), models.CheckConstraint(condition=models.Q(('texts', {}), _negated=True), name='clause_version_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('side', models.CharField(choices=[('ours', 'we promised'), ('theirs', 'they promised')], default='ours', max_length=6, verbose_name='whose promise')),
                ('what', models.CharField(max_length=300, verbose_name='what')),
                ('language', models.CharField(default='de', max_length=12)),
                ('women_specific', models.BooleanField(default=False, verbose_name='concerns women especially')),
                ('due', models.DateField(blank=True, null=True, verbose_name='due')),
                ('every_days', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='again every (days)')),
                ('state', models.CharField(choices=[('open', 'open'), ('kept', 'kept'), ('broken', 'not kept'), ('dropped', 'no longer needed')], default='open', max_length=8, verbose_name='state')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commitments', to='agreements.agreement')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who of us sees to it')),
            ],
            options={
                'ordering': ('due', 'id'),
                'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['due', 'id'], name='commitment_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('every_days', None), models.Q(('due__isnull', False), ('every_days__gt', 0)), _connector='OR'), name='commitment_recurs_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='GrantedRight',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('right_kind', models.CharField(choices=[('join', 'join with a professional profile'), ('post', 'post without approval'), ('links', 'post links'), ('pin', 'pin a post'), ('badge', 'group-expert badge'), ('tagged', 'be tagged under questions'), ('live', 'hold a live session'), ('announce', 'make an announcement'), ('moderate', 'moderator role')], max_length=10, verbose_name='right')),
                ('how', models.CharField(blank=True, max_length=300, verbose_name='how it is done')),
                ('state', models.CharField(choices=[('agreed', 'agreed, not tried yet'), ('working', 'works'), ('failing', 'does not work'), ('ended', 'ended')], default='agreed', max_length=8, verbose_name='state')),
                ('state_since', models.DateTimeField(editable=False, null=True)),
                ('seen_at', models.DateTimeField(editable=False, null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rights', to='agreements.agreement')),
                ('profile', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.profile')),
                ('seen_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('space', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='network.space')),
            ],
            options={
                'ordering': ('space', 'right_kind', 'id'),
                'indexes': [models.Index(fields=['space', 'state'], name='right_in_space'), models.Index(fields=['state', 'seen_at'], name='right_seen')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('agreement', 'space', 'profile', 'right_kind'), name='right_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Keeping',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('due', models.DateField(null=True)),
                ('kept', models.BooleanField()),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='keepings', to='agreements.commitment')),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ('-id',),
                'constraints': [models.UniqueConstraint(fields=('commitment', 'due'), name='keeping_once')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('language', models.CharField(max_length=12)),
                ('left', models.CharField(blank=True, choices=[('', ''), ('withdrew', 'ended it'), ('gone', 'name erased')], editable=False, max_length=8)),
                ('left_at', models.DateTimeField(editable=False, null=True)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.actor')),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='agreements.agreement')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='network.organisation')),
            ],
            options={
                'ordering': ('id',),
                'indexes': [models.Index(fields=['actor'], name='party_of_actor')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('actor__isnull', False)), fields=('agreement', 'actor'), name='party_actor_once'), models.UniqueConstraint(condition=models.Q(('actor', None), ('left', ''), ('organisation__isnull', False)), fields=('agreement', 'organisation'), name='party_organisation_once')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('answer', models.CharField(blank=True, choices=[('', 'no answer yet'), ('agreed', 'agrees'), ('declined', 'would rather not')], max_length=8, verbose_name='answer')),
                ('answered_at', models.DateTimeField(null=True)),
                ('reminded_at', models.DateTimeField(null=True)),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='agreements.agreementversion')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='agreements.party')),
            ],
            options={
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('version', 'party'), name='offer_once')],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='party',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agreements.party'),
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('remark_kind', models.CharField(choices=[('question', 'Question'), ('proposal', 'Proposal'), ('answer', 'Answer')], default='question', max_length=8)),
                ('text', models.TextField(verbose_name='text')),
                ('language', models.CharField(blank=True, max_length=12)),
                ('settled_at', models.DateTimeField(null=True)),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='agreements.agreement')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='agreements.party')),
                ('staff', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='agreements.agreementversion')),
            ],
            options={
                'ordering': ('id',),
                'indexes': [models.Index(condition=models.Q(('settled_at', None), ('staff', None)), fields=['agreement'], name='remark_open')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='signed as')),
                ('way', models.CharField(choices=[('link', 'by link'), ('paper', 'on paper'), ('chat', 'in a chat')], max_length=5, verbose_name='how')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('sha256', models.CharField(max_length=64)),
                ('quote', models.TextField(blank=True, verbose_name='their words')),
                ('language', models.CharField(blank=True, max_length=12)),
                ('erased_at', models.DateTimeField(null=True)),
                ('noted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatures', to='agreements.party')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='agreements.agreementversion')),
            ],
            options={
                'ordering': ('at', 'id'),
                'constraints': [models.UniqueConstraint(fields=('version', 'party'), name='signature_once'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('erased_at__isnull', False), _connector='OR'), name='signature_has_a_name')],
            },
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.UUIDField(default=uuid_utils.compat.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=treffpunkt.core.clock.now, editable=False)),
                ('file', models.CharField(max_length=64)),
                ('media_type', models.CharField(max_length=40)),
                ('size', models.PositiveIntegerField()),
                ('agreement', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='agreements.agreement')),
                ('kept_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signature', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='evidence', to='agreements.signature')),
            ],
            options={
                'verbose_name_plural': 'evidence',
                'ordering': ('id',),
                'constraints': [models.UniqueConstraint(fields=('agreement', 'file'), name='evidence_once')],
            },
        ),
        migrations.AddConstraint(
            model_name='agreement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('in_force', 'suspended')), _negated=True), ('current__isnull', False), _connector='OR'), name='agreement_holds_a_text'),
        ),
    ]
