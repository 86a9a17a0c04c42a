"""From claimed deliveries to digests."""


def compose_chunk(deliveries, now):
    """Give each of `deliveries` its `mail`, or None where there is nothing to say."""
    for delivery in deliveries:
        delivery.mail = None
