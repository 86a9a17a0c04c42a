"""What the portal itself tells a member."""

from django.utils.translation import gettext_lazy as _

from notifications.kinds import MODERATION, Kind, register_kind

register_kind(
    Kind(
        "privacy.copy_ready",
        label=_("Your copy of what is held on you is ready"),
        group=_("Your account"),
        sentence=_("The copy you asked for is ready. It can be fetched for seven days."),
        button=_("Fetch my copy"),
        urgent=True,
    ),
    Kind(
        "organisation.left",
        label=_("The last member of an organisation leaves"),
        group=MODERATION,
        sentence=_("%(title)s has nobody left: its only owner closes the account. Look whether it needs a new one."),
        button=_("See the organisation"),
    ),
)
