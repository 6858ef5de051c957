"""The door for the web server."""

import os

from django.core.wsgi import get_wsgi_application

from treffpunkt.core.subject import NOBODY, work_for

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treffpunkt.site.settings")
work_for(NOBODY)
application = get_wsgi_application()
