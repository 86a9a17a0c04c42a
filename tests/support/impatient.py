"""Production with a broker that believes after a second that whoever has a task is dead, and gives it to somebody else."""

from portal.settings.production import *  # noqa: F403

CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 1, "socket_connect_timeout": 1, "socket_timeout": 5}
