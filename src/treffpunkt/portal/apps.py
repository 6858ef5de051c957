from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "treffpunkt.portal"
    label = "portal"
    verbose_name = _("Pages behind a link")
