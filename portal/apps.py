from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self):
        """Registers checks, and the tasks of all apps: web processes wake them by name."""
        from portal import checks  # noqa: F401
        from portal.celery import app, make_queue_folders

        app.autodiscover_tasks(force=True)
        make_queue_folders()
