"""What runs by itself, and when."""

from __future__ import annotations

from django.conf import settings
from procrastinate import App, JobContext

from treffpunkt.agreements.services.ending import look_after_dates
from treffpunkt.core.jobs import defer
from treffpunkt.jobs import mail_in, retention
from treffpunkt.meetings.services.findable import catch_up
from treffpunkt.meetings.services.minutes import lock_due
from treffpunkt.meetings.services.offers import let_due_offers_lapse
from treffpunkt.meetings.services.waves import send_due_waves
from treffpunkt.network.services.feeds import ask_due
from treffpunkt.network.services.roles import recount_ended
from treffpunkt.network.services.suspecting import renew_suspects
from treffpunkt.network.services.telling import settle_told
from treffpunkt.people import limits
from treffpunkt.people.services.absences import renew_stand_ins
from treffpunkt.people.sessions import SessionStore
from treffpunkt.post import inbox
from treffpunkt.post.delivery import deliver_due
from treffpunkt.search.services import renew_frequencies
from treffpunkt.tasks.reminders import remind_of_due

# Hours for which jobs are kept after their end: those that did their work, and those that failed.
KEPT, KEPT_FAILED = 3 * 24, 90 * 24


def register(app: App) -> None:
    """Add the periodic jobs to the app once Django is ready."""

    @app.periodic(cron="* * * * *")
    @app.task(name="post.deliver_due", queueing_lock="post.deliver_due", queue="post", pass_context=True)
    def deliver(context: JobContext, timestamp: int) -> None:
        """Hand over mail whose next attempt is due."""
        deliver_due(context.should_abort)

    if settings.IMAP:

        @app.periodic(cron="*/2 * * * *")
        @app.task(name="post.read_inbox", queueing_lock="post.read_inbox", queue="post")
        def read_inbox(timestamp: int) -> None:
            """Take what has come in: notes about lost mail, answers of calendars."""
            inbox.read_new(mail_in.take, mail_in.LONGEST)

    @app.periodic(cron="53 3 * * *")
    @app.task(name="jobs.forget", queueing_lock="jobs.forget", pass_context=True)
    async def forget(context: JobContext, timestamp: int) -> None:
        """Forget jobs that have ended some time ago."""
        manager = context.app.job_manager
        await manager.delete_old_jobs(nb_hours=KEPT, include_aborted=True)
        await manager.delete_old_jobs(nb_hours=KEPT_FAILED, include_failed=True)

    @app.periodic(cron="7 0 * * *")
    @app.task(name="network.turn_of_day", queueing_lock="network.turn_of_day")
    def turn_of_day(timestamp: int) -> None:
        """Count anew where a role has ended with the day."""
        recount_ended()

    @app.periodic(cron="12 4 * * *")
    @app.task(name="agreements.look_after_dates", queueing_lock="agreements.look_after_dates")
    def look_after_agreements(timestamp: int) -> None:
        """Let what has run out lapse, and remind of what is to be looked at."""
        look_after_dates()

    @app.periodic(cron="26 * * * *")
    @app.task(name="meetings.lock_minutes", queueing_lock="meetings.lock_minutes")
    def lock_minutes(timestamp: int) -> None:
        """Lock and send the minutes whose last day for corrections is over."""
        lock_due()

    @app.periodic(cron="*/15 * * * *")
    @app.task(name="network.ask_feeds", queueing_lock="network.ask_feeds")
    def ask_feeds(timestamp: int) -> None:
        """Ask the feeds of groups whose time has come for the dates of new posts."""
        ask_due()

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="network.settle_told", queueing_lock="network.settle_told")
    def settle(timestamp: int) -> None:
        """Note who was told what is stored about them, by what went out."""
        settle_told()

    @app.periodic(cron="*/5 * * * *")
    @app.task(name="meetings.let_offers_lapse", queueing_lock="meetings.let_offers_lapse")
    def let_offers_lapse(timestamp: int) -> None:
        """Give seats that nobody took in time to the next on the waiting list."""
        let_due_offers_lapse()

    @app.periodic(cron="41 2 * * *")
    @app.task(name="retention.run", queueing_lock="retention.run")
    def let_go(timestamp: int) -> None:
        """Let go of everything that has outlived its period."""
        retention.run()

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="meetings.make_findable", queueing_lock="meetings.make_findable")
    def make_findable(timestamp: int) -> None:
        """Make findable what was said before there was a search, and what was changed in any other way than by hand."""
        catch_up()

    @app.periodic(cron="23 3 * * *")
    @app.task(name="search.count_nightly", queueing_lock="search.count_nightly")
    def count_names(timestamp: int) -> None:
        """Count anew which keys are rare, for what came in by ones and twos."""
        renew_frequencies()

    @app.periodic(cron="31 3 * * *")
    @app.task(name="network.suspects_nightly", queueing_lock="network.suspects_nightly")
    def suspects(timestamp: int) -> None:
        """Work out anew which records may be the same, for what people entered and changed."""
        renew_suspects()

    @app.periodic(cron="*/10 * * * *")
    @app.task(name="people.renew_stand_ins", queueing_lock="people.renew_stand_ins")
    def stand_ins(timestamp: int) -> None:
        """Write down who stands in for whom, soon after the day has turned, whatever the zone of the house."""
        renew_stand_ins()

    @app.periodic(cron="4 * * * *")
    @app.task(name="tasks.remind", queueing_lock="tasks.remind")
    def remind(timestamp: int) -> None:
        """Write in the morning of each to whoever has something newly due."""
        remind_of_due()

    @app.periodic(cron="11 * * * *")
    @app.task(name="meetings.send_waves", queueing_lock="meetings.send_waves")
    def send_waves(timestamp: int) -> None:
        """Send the waves of invitations whose day has come, or for which there are free seats now."""
        send_due_waves()

    @app.periodic(cron="17 * * * *")
    @app.task(name="people.let_go", queueing_lock="people.let_go")
    def let_go_of_sessions(timestamp: int) -> None:
        """Forget sessions that ended and counts whose time is over."""
        SessionStore.clear_expired()
        limits.let_go()

    @app.periodic(cron="52 * * * *")
    @app.task(name="upkeep.look_after_erasures", queueing_lock="upkeep.look_after_erasures")
    def look_after_erasures(timestamp: int) -> None:
        """Keep the list of erasures and the database in step, also where somebody brought back an older database."""
        defer("upkeep.keep_erasures", once="upkeep.keep_erasures")
