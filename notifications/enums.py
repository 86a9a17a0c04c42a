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


#: Why a mail of a run that was cancelled did not go out.
CANCELLED = "cancelled"


class Channel(models.TextChoices):
    """Where a notification reaches a member."""

    PORTAL = "portal", pgettext_lazy("channel", "In the portal")
    MAIL = "mail", pgettext_lazy("channel", "Mail at once")
    DIGEST = "digest", pgettext_lazy("channel", "Digest")


class MailWord(models.TextChoices):
    """What a mail server or provider says of a mail to an address."""

    HARD = "hard", pgettext_lazy("mail", "Came back for good")
    SOFT = "soft", pgettext_lazy("mail", "Came back for a time")
    COMPLAINT = "complaint", pgettext_lazy("mail", "Marked as spam")
    UNSUBSCRIBED = "unsubscribed", pgettext_lazy("mail", "Stopped at the mail provider")
    ARRIVED = "arrived", pgettext_lazy("mail", "Arrived")


class Hindrance(models.TextChoices):
    """Why an address gets no more than what was asked for."""

    BOUNCES = "bounces", pgettext_lazy("mail", "Three mails came back")
    COMPLAINT = "complaint", pgettext_lazy("mail", "A mail was marked as spam")
    UNSUBSCRIBED = "opted_out", pgettext_lazy("mail", "The mails were stopped at the mail provider")
