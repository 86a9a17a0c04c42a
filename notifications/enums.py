from django.db import models
from django.utils.translation import pgettext_lazy


class DeliveryState(models.TextChoices):
    """Where a delivery stands. Planned are all of them: at every moment the sum of the states."""

    PENDING = "pending", pgettext_lazy("delivery", "Pending")
    CLAIMED = "claimed", pgettext_lazy("delivery", "Claimed")
    SENDING = "sending", pgettext_lazy("delivery", "Sending")
    SENT = "sent", pgettext_lazy("delivery", "Sent")
    FAILED = "failed", pgettext_lazy("delivery", "Failed")
    UNKNOWN = "unknown", pgettext_lazy("delivery", "Unknown")
    EMPTY = "empty", pgettext_lazy("delivery", "Nothing to say")
    SUPPRESSED = "suppressed", pgettext_lazy("delivery", "Suppressed")


class MailList(models.TextChoices):
    """What a mail is part of. A reader gets one mail for each list and period."""

    ACCOUNT = "account", pgettext_lazy("mail list", "Account")
    INVITATION = "invitation", pgettext_lazy("mail list", "Invitation")
    QUESTION = "question", pgettext_lazy("mail list", "Question")
    AT_ONCE = "at_once", pgettext_lazy("mail list", "At once")
    DIGEST = "digest", pgettext_lazy("mail list", "Weekly digest")


#: Smaller goes first: somebody sits before the screen and waits for an account mail.
PRIORITY = {MailList.ACCOUNT: 0, MailList.INVITATION: 1, MailList.QUESTION: 1, MailList.AT_ONCE: 2, MailList.DIGEST: 3}
#: Their context holds links that act: it is erased as soon as the mail has gone.
SECRET = (MailList.ACCOUNT, MailList.INVITATION, MailList.QUESTION)


class Channel(models.TextChoices):
    """Where a notification reaches a member."""

    PORTAL = "portal", pgettext_lazy("channel", "In the portal")
    MAIL = "mail", pgettext_lazy("channel", "Mail at once")
