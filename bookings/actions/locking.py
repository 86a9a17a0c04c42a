"""Every verb that gives or frees units holds the offer's row: agreements, visits, blocks and a change of capacity follow one another."""

from livinglabs.models import Offer


def locked_offer(offer):
    """The row as it stands now, locked until the transaction ends, with its lab."""
    return Offer.objects.select_for_update(of=("self",)).select_related("lab").prefetch_related("texts", "lab__texts").get(pk=offer.pk)
