"""What can be told of digests."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import MODERATION, Kind, register_kind

register_kind(
    Kind(
        "digest.trouble",
        label=_("A run of the digest is late or fails"),
        group=MODERATION,
        sentence=_("Look at a run of the digest: %(trouble)s. %(failed)s of %(planned)s mails failed."),
        button=_("Look at the run"),
        urgent=True,
        icon="mail",
        digest="",  # a digest that fails carries no news of itself
    )
)
