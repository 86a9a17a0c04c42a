"""The models of test requests, declared for the inventory.

A request belongs to the organisation that asks, what is agreed to both sides: they stay when a member is erased, done by a "former member".
"""

from django.utils.translation import gettext_lazy as _

from portal.privacy.holdings import Holding

TESTS = (
    Holding(
        "testrequests.TestRequest", _("Test requests you began"), did=("created_by",),
        did_shows=("title", "organisation", "language", "sent_at", "created_at", "updated_at"),
        keys=("key", "tested", "problem", "product", "trl", "starts_on", "ends_on", "municipality", "place", "users", "personal_data",
              "data_what", "data_basis", "data_kept", "permits", "needs", "benefit", "publishing", "results", "revision", "is_demo"),
        scrub=("tested", "problem", "product", "place", "users", "data_what", "data_basis", "data_kept", "permits", "needs", "benefit",
               "results"),
    ),
    Holding(
        "testrequests.Terms", _("Terms of tests you proposed or accepted"), did=("proposed_by", "company_by", "lab_by"),
        did_shows=("application", "version", "starts_on", "ends_on", "created_at", "company_at", "lab_at"),
        keys=("text", "price", "proposed_for"), scrub=("text", "price"),
    ),
    Holding(
        "testrequests.Task", _("Tasks of tests you made or did"), did=("created_by", "done_by"),
        did_shows=("application", "title", "side", "due_on", "created_at", "done_at"), keys=("key", "reminded_on"), scrub=("title",),
    ),
    # The organisation's and the lab's; whom they name in it is taken out.
    Holding("testrequests.ConfidentialPart", _("confidential part of a test request"), keys=("request",), scrub=("text",)),
    Holding(
        "testrequests.Application", _("test request at a lab"),
        keys=("request", "organisation", "lab", "offer", "state", "state_changed_at", "turn", "due_on", "sent_at", "answered_at",
              "agreed_at", "started_at", "closed_at", "agreed_terms", "booking", "reminded_on", "last_activity_at"),
        scrub=("reason",),
    ),
)  # fmt: skip
