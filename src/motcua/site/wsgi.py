"""What the web server runs."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.site.settings")
application = get_wsgi_application()

# What is loaded now lives as long as the process: the collector need not walk it again in the middle of a request.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 50)
