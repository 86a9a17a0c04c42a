from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        """Apps above say in their `notices` what can be told of their nouns and which of them can be followed."""
        autodiscover_modules("notices")
