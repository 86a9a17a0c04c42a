from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from digests.sections.base import OLIVE, Published
from testreports.models import TestReport


class NewReports(Published):
    """From the moment on at which others may read them: what is under embargo comes in the digest after it."""

    key = "reports"
    label = gettext_lazy("What tests have shown")
    about = gettext_lazy("Test reports of living labs, organisations and projects you follow, or on what you follow")
    colour = OLIVE
    model = TestReport
    themes = "lab__themes"
    followed = (
        ("municipality", "lab__sites__municipality"), ("organisation", "organisation"), ("organisation", "lab__organisation"),
        ("lab", "lab"), ("project", "project"),
    )  # fmt: skip
    moment = "released_at"
    columns = ("slug", "organisation__name")
    address = "/test-reports/{0}/"

    def note(self, news, language):
        return _("Tested by %(organisation)s") % {"organisation": news.facts[1]}
