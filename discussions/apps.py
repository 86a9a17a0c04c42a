from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DiscussionsConfig(AppConfig):
    name = "discussions"

    def ready(self):
        """Apps above say in their `discussion_hosts` on which of their nouns people talk."""
        autodiscover_modules("discussion_hosts")
