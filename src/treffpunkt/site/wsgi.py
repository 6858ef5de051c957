"""The door for the web server."""

import os
from importlib import import_module

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from treffpunkt.core.subject import NOBODY, work_for
from treffpunkt.launch import gate, places

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "treffpunkt.site.settings")
work_for(NOBODY)
django.setup()
import_module(settings.ROOT_URLCONF)  # and with it all views, while the database may still be prepared
gate.wait(places.home())
application = get_wsgi_application()
