from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class DigestsConfig(AppConfig):
    name = "digests"

    def ready(self):
        """The ledger of `notifications` sends digests as it sends every mail; what stands in them is made here."""
        from digests.composing import compose_chunk
        from notifications.composing import register_composer
        from notifications.enums import MailList
        from notifications.pages import register_page

        register_page("digest", pgettext_lazy("notifications", "My digest"), "digests:settings")
        register_composer(MailList.DIGEST, compose_chunk)
