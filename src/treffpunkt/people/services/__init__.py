"""What can be done with accounts, by topic; what other modules need most stands here."""

from treffpunkt.people.services.accounts import change_settings, create_staff
from treffpunkt.people.services.closing import deactivate_staff

__all__ = ["change_settings", "create_staff", "deactivate_staff"]
