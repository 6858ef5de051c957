from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "treffpunkt.web"
    label = "web"
    verbose_name = _("Staff pages")

    def ready(self) -> None:
        """Hang up what every staff page says."""
        from treffpunkt.ui.context import register_notice
        from treffpunkt.web.post.holding import notice

        register_notice(notice)
