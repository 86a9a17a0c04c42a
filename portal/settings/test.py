"""The test suite: `python3 run.py test` gives DATABASE_URL; nothing here reaches the network."""

import tempfile

from portal.logging import config as logging_config
from portal.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DEV_PAGES = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_FILE_PATH = tempfile.mkdtemp(prefix="portal-test-mail-")
MEDIA_ROOT = tempfile.mkdtemp(prefix="portal-test-media-")
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING = logging_config(as_json=False, level="WARNING")
