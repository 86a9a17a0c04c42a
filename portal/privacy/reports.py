"""The models of test reports, declared for the inventory."""

from django.utils.translation import gettext_lazy as _

from portal.privacy.holdings import Holding

REPORTS = (
    Holding(
        "testreports.TestReport", _("Test reports you began"), did=("created_by",),
        did_shows=("slug", "lab", "organisation", "state", "created_at"),
        keys=("application", "project", "grown_into", "side", "state_reason", "state_changed_at", "visibility", "embargo_until",
              "start_date", "end_date", "goes_on", "goes_on_why", "is_demo", "index_stale", "revision", "submitted_at", "published_at",
              "released_at", "told_at", "updated_at"),
        scrub=("state_reason", "goes_on_why"),
    ),
)  # fmt: skip

NOTHING_OF_REPORTS = {
    "testreports.TestReportText": "what two organisations say of their test",
    "testreports.Measured": "measurements",
    "testreports.DataLink": "web addresses",
}
