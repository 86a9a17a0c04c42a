"""The models of living labs, declared for the inventory."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.holdings import Holding

LABS = (
    Holding(
        "livinglabs.LivingLab", _("Living labs you presented or are the contact of"), addresses=("contact_email",), did=("created_by",),
        shows=("slug", "contact_name", "contact_email"), did_shows=("slug", "organisation", "state", "created_at", "updated_at"),
        keys=("visibility", "state_reason", "state_changed_at", "submitted_at", "published_at", "website", "since", "answer_days",
              "languages", "time_zone", "themes", "infrastructure", "projects", "tags", "is_demo", "source_key", "facet_terms",
              "index_stale", "revision"),
        stays=True, blank={"contact_name": "", "contact_email": ""}, scrub=("state_reason",),
    ),
    Holding("livinglabs.TeamMember", _("Living labs whose team you belong to"), about=("user",), shows=("lab", "task", "answers"),
            keys=("name", "position")),
    Holding(
        "livinglabs.Offer", _("Offers of living labs you made"), did=("created_by",),
        did_shows=("lab", "slug", "kind", "state", "created_at", "updated_at"),
        keys=("state_reason", "state_changed_at", "published_at", "open_to", "trl_from", "trl_to", "shortest_days", "longest_days",
              "price_model", "price", "currency", "price_unit", "capacity", "lead_days", "most_people", "themes", "position", "is_demo",
              "revision", "index_stale"),
        scrub=("state_reason",),
    ),
)  # fmt: skip

NOTHING_OF_LABS = {
    "livinglabs.Infrastructure": "vocabulary",
    "livinglabs.LabText": "what an organisation says of its living lab",
    "livinglabs.LabSite": "places",
    "livinglabs.LabPartner": "organisations",
    "livinglabs.Element": "how a living lab judges itself",
    "livinglabs.Equipment": "what a living lab has",
    "livinglabs.OfferText": "what a living lab offers",
}
