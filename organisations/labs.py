"""The living labs of an organisation: through the relation, for labs stand above organisations."""

from organisations.models import Organisation

MOST = 6


def labs_of(organisation, user):
    """Listed labs that `user` finds, which the organisation runs or takes part in, ready for cards; the newest first."""
    labs = Organisation._meta.get_field("living_labs").related_model._default_manager
    found = labs.visible_to(user).listed().filter(facet_terms__contains=[f"organisation:{organisation.slug}"])
    return list(found.order_by("-published_at", "-pk").for_cards()[:MOST])
