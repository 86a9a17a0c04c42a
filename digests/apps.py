from django.apps import AppConfig


class DigestsConfig(AppConfig):
    name = "digests"

    def ready(self):
        """The ledger of `notifications` sends digests as it sends every mail; what stands in them is made here."""
        from digests.composing import compose_chunk
        from notifications.composing import register_composer
        from notifications.enums import MailList

        register_composer(MailList.DIGEST, compose_chunk)
