"""What the pages show that open from a digest without a sign-in. They name nobody: a mail can be passed on."""

from functools import cached_property

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from digests.models import Muted, Subscription
from notifications.access import may_see


class StopPage:
    """Stopping the digest, and the way back."""

    def __init__(self, user_id, *, is_done):
        self.user_id, self.is_done = user_id, is_done
        self.everything = self.mails_had_come = False
        self.came_back = None  # how much came back, where that was asked

    @cached_property
    def row(self):
        return Subscription.objects.filter(user=self.user_id).first()

    @property
    def is_on(self):
        return self.row is not None and self.row.is_on

    @property
    def can_come_back(self):
        return self.row is not None and not self.row.is_on and bool(self.row.frequency_before)

    @property
    def title(self):
        if self.came_back is not None:
            return _("It comes again") if self.is_on else _("No digest comes")
        if self.is_done or self.can_come_back:
            return _("The digest is stopped")
        return _("Stop the digest?") if self.is_on else _("No digest comes")

    @property
    def lead(self):
        if self.came_back is not None and self.is_on:
            return _("Your digest comes as often as before. Nothing of what happened meanwhile is left out.")
        if self.everything:
            return _(
                "No digest comes any more, and no notification by mail. What happens stands in the portal under your bell, and mails about "
                "your account still come."
            )
        if self.is_done or self.can_come_back:
            return _("No digest comes any more. Other mails go on as you chose.")
        if self.is_on:
            return _("You need not sign in. You can begin again whenever you like.")
        return _("It is switched off already. To have it again, choose how often it comes.")


class MutePage:
    """Keeping one noun out of the digest, and the way back."""

    def __init__(self, user_id, noun, *, is_done):
        self.user_id, self.noun, self.is_done = user_id, noun, is_done

    @cached_property
    def is_out(self):
        return Muted.objects.filter(user=self.user_id, target_type=self.noun[0], target_id=self.noun[1]).exists()

    @cached_property
    def name(self):
        """What the noun is called, where the member may see it; else that it is something."""
        user = get_user_model().objects.filter(pk=self.user_id).first()
        kind = ContentType.objects.filter(pk=self.noun[0]).first()
        model = kind and kind.model_class()
        if user and user.may_act and model and may_see([(user, *self.noun)]):
            return str(model._default_manager.get(pk=self.noun[1]))
        return pgettext("digest", "this")

    @property
    def title(self):
        if self.is_out:
            return _("It is kept out of your digest")
        if self.is_done:
            return _("It stands in your digest again")
        return _("Keep %(what)s out of your digest?") % {"what": self.name}

    @property
    def lead(self):
        if self.is_out:
            return _("News about %(what)s stands in your digest no longer. You go on following it in the portal.") % {"what": self.name}
        if self.is_done:
            return _("News about %(what)s stands in your digest as before.") % {"what": self.name}
        return _("You need not sign in, and you go on following it in the portal.")
