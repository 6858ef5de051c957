from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "treffpunkt.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        """Tell the modules below what they offer or ask without knowing it."""
        from treffpunkt.agreements import holding as agreements
        from treffpunkt.jobs import seeing
        from treffpunkt.meetings import holding
        from treffpunkt.network import stored_merges
        from treffpunkt.network.stored import tell_of
        from treffpunkt.network.targets import register_all

        register_all()
        tell_of(holding.asks, holding.held_of)
        tell_of(agreements.asks, agreements.held_of)
        tell_of(stored_merges.asks, stored_merges.held_of)
        seeing.register_all()
