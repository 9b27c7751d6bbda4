import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

# Needs the applications that were loaded above.
from portal.tenancy import guard  # noqa: E402

guard.demand()

# A thread that waited for the database goes on soon, also while another draws a long page. Python lets that one go on
# for 5 ms each time, and a page waits for the database ten times.
sys.setswitchinterval(0.0005)
