"""What can be told of test reports."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notifications.kinds import Kind, register_kind, register_reason

TESTS = pgettext_lazy("group of notifications", "Test reports")
OPEN = _("Open the report")

register_reason("test_company", _("You get this because you take part in this test for %(organisation)s."))
register_reason("test_lab", _("You get this because you answer for %(lab)s."))

register_kind(
    Kind("testreport.asked", _("A report waits for my side's word"), TESTS,
         _("%(by)s has submitted the report “%(title)s” of the test of %(organisation)s at %(lab)s. Does it say what happened?"), OPEN,
         urgent=True, icon="file"),
    Kind("testreport.returned", _("Changes of my report are asked for"), TESTS,
         _("The other side asks for changes of the report “%(title)s”."), OPEN, urgent=True, icon="file"),
    Kind("testreport.published", _("My report is agreed to"), TESTS,
         _("The other side has agreed: the report “%(title)s” is published."), OPEN, urgent=True, icon="check"),
    Kind("testreport.reopened", _("A report I agreed to is corrected"), TESTS,
         _("%(by)s corrects the report “%(title)s”. You are asked to agree anew."), OPEN, icon="edit"),
    Kind("testreport.hidden", _("A report of mine is hidden"), TESTS,
         _("A moderator has hidden the report “%(title)s”. If you think that this is wrong, answer the moderators at the portal's contact"
           " address."),
         OPEN, urgent=True, icon="eye"),
    Kind("testreport.released", _("A new test report of what I follow"), TESTS,
         _("%(organisation)s and %(lab)s have published what they found out: “%(title)s”."), OPEN, icon="file", only_followed=True),
)  # fmt: skip
