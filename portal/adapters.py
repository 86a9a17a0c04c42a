"""What sign-in does that only the portal as a whole knows."""

from django.shortcuts import redirect
from django.utils import timezone

from notifications.adapters import AccountAdapter as NotificationsAccountAdapter
from portal.models import Farewell
from portal.privacy.views import remember


class AccountAdapter(NotificationsAccountAdapter):
    """A member whose account is about to be erased is offered to keep it; the password or the mailed code was right."""

    def respond_user_inactive(self, request, user):
        if Farewell.objects.filter(user=user, due_at__gt=timezone.now()).exists():
            remember(request, user)
            return redirect("portal:come_back")
        return super().respond_user_inactive(request, user)
