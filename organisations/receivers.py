"""What happens elsewhere and concerns organisations."""

from allauth.account.signals import email_confirmed
from django.dispatch import receiver

from organisations.actions.membership import offer_by_domain


@receiver(email_confirmed, dispatch_uid="organisations.offer_by_domain")
def offer(request, email_address, **_more):
    """A confirmed address leads to an offer to join; nobody becomes a member without saying so."""
    offer_by_domain(email_address.user, email_address.email)
