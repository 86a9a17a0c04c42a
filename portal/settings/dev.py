"""Development: what `make run` starts. Loopback only, mails are files, demo sign-ins are on."""

import warnings

from portal.logging import config as logging_config
from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATA_DIR, env

DEBUG = env.bool("DEBUG", default=True)
SECRET_KEY = env.str("SECRET_KEY", default="development-only-not-a-secret")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
DEMO_SIGN_INS = env.bool("DEMO_SIGN_INS", default=True)
DEV_PAGES = True
EMAIL_BACKEND = "portal.mail_files.EmailBackend"
EMAIL_FILE_PATH = env.str("EMAIL_FILE_PATH", default=str(DATA_DIR / "mail"))
LOGGING = logging_config(as_json=False, level=env.str("LOG_LEVEL", default="INFO"))
# As root on a machine of one's own the launcher says where things are kept; celery need not say more.
warnings.filterwarnings("ignore", "No directory at")  # static files are found, not collected
warnings.filterwarnings("ignore", "You're running the worker with superuser")
