"""The entry point of the site for a WSGI server; `homeward serve` uses it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.web.settings")

application = get_wsgi_application()
