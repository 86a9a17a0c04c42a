"""What can be told of test requests. A kind's name says what happened; who hears of it is said by the verbs."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from notifications.kinds import Kind, register_area, register_kind, register_reason

ASKED = pgettext_lazy("group of notifications", "Tests I ask for")
ANSWERED = pgettext_lazy("group of notifications", "Requests to labs I answer for")
BOTH = pgettext_lazy("group of notifications", "Tests I take part in")
OPEN = _("Open the request")

register_reason("asks_for_test", _("You get this because you act for %(organisation)s, which asked for the test."))
register_reason("answers_for_lab", _("You get this because you answer for %(lab)s."))

register_area("tests", _("Tests"), "testrequest", "testreport")
register_kind(
    Kind("testrequest.asked", _("Somebody asks my lab for a test"), ANSWERED,
         _("%(organisation)s asks %(lab)s for a test: “%(title)s”."), _("Read and answer"), urgent=True, icon="lab"),
    Kind("testrequest.changed", _("A request to my lab is changed"), ANSWERED,
         _("%(organisation)s has changed the request “%(title)s”."), OPEN, icon="lab"),
    Kind("testrequest.withdrawn", _("A request to my lab is withdrawn"), ANSWERED,
         _("%(organisation)s has withdrawn the request “%(title)s”."), OPEN, urgent=True, icon="lab"),
    Kind("testrequest.asked_back", _("A lab asks back"), ASKED,
         _("%(lab)s asks back about “%(title)s”."), _("Answer the lab"), urgent=True, icon="lab"),
    Kind("testrequest.accepted", _("A lab accepts my request"), ASKED,
         _("%(lab)s accepts “%(title)s”. Next you agree on the terms."), OPEN, urgent=True, icon="lab"),
    Kind("testrequest.declined", _("A lab declines my request"), ASKED,
         _("%(lab)s has declined “%(title)s”."), _("Read the reason"), urgent=True, icon="lab"),
    Kind("testrequest.message", _("A message about a test"), BOTH,
         _("%(by)s writes about “%(title)s” at %(lab)s."), _("Read and answer"), urgent=True, icon="comment",
         many=ngettext_lazy("%(number)d message about “%(title)s” at %(lab)s",
                            "%(number)d messages about “%(title)s” at %(lab)s", "number")),
    Kind("testrequest.terms", _("Terms of a test are proposed"), BOTH,
         _("%(by)s proposes terms for “%(title)s” at %(lab)s: version %(version)s, %(period)s."), _("Read the terms"),
         urgent=True, icon="lab"),
    Kind("testrequest.agreed", _("A test is agreed"), BOTH,
         _("Both sides have accepted version %(version)s of the terms of “%(title)s” at %(lab)s: %(period)s."), OPEN,
         urgent=True, icon="lab"),
    Kind("testrequest.started", _("A test begins"), BOTH,
         _("The test “%(title)s” at %(lab)s is running."), OPEN, icon="lab"),
    Kind("testrequest.finished", _("A test is over and is reported"), BOTH,
         _("The test “%(title)s” at %(lab)s is over. Now its report is written."), OPEN, urgent=True, icon="lab"),
    Kind("testrequest.completed", _("A test is completed"), BOTH,
         _("“%(title)s” at %(lab)s is completed."), OPEN, icon="lab"),
    Kind("testrequest.cancelled", _("A test is cancelled"), BOTH,
         _("The test “%(title)s” at %(lab)s is cancelled."), _("Read the reason"), urgent=True, icon="lab"),
    Kind("testrequest.task", _("A task of a test for my side"), BOTH,
         _("A task for “%(title)s” at %(lab)s: %(task)s."), OPEN, icon="check",
         many=ngettext_lazy("%(number)d task for “%(title)s” at %(lab)s", "%(number)d tasks for “%(title)s” at %(lab)s", "number")),
    Kind("testrequest.file", _("A file of a test"), BOTH,
         _("%(by)s has added a file to “%(title)s” at %(lab)s: %(file)s."), OPEN, mail=False, icon="file",
         many=ngettext_lazy("%(number)d new file of “%(title)s” at %(lab)s", "%(number)d new files of “%(title)s” at %(lab)s", "number")),
    Kind("testrequest.due", _("Something of a test is due"), BOTH,
         _("“%(title)s” at %(lab)s: %(what)s. Due: %(day)s."), OPEN, urgent=True, icon="clock", digest="soon"),
    Kind("testrequest.overdue", _("Something of a test is overdue"), BOTH,
         _("“%(title)s” at %(lab)s: %(what)s. It was due on %(day)s."), OPEN, urgent=True, icon="clock"),
)  # fmt: skip
