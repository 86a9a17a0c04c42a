"""What waits for one member: requests whose next step is his or her side's, tasks that are due, drafts."""

from datetime import timedelta
from functools import cached_property

from django.db.models import Q
from django.utils import timezone

from livinglabs.models import LivingLab
from testrequests.enums import Side
from testrequests.filters import for_lines
from testrequests.lines import lines
from testrequests.models import Application, Task, TestRequest

MOST = 20


class MyTests:
    """Each property is read at most once; the number of queries does not grow with the rows."""

    def __init__(self, user):
        self.user, self.today = user, timezone.localdate()

    def rows(self):
        """What may wait, as three querysets: for whoever asks first whether there is anything."""
        return self._waiting(), self._tasks(), self._drafts()

    def _waiting(self):
        return Application.objects.waiting_for(self.user)

    @cached_property
    def waiting(self):
        """[Line], what is due first; those the member may act on."""
        rows = for_lines(self._waiting().order_by("due_on", "pk"))[:MOST]
        return [line for line in lines(rows, self.user, self.today) if line.is_mine]

    def _tasks(self):
        soon = self.today + timedelta(days=7)
        mine = Q(side=Side.COMPANY, application__organisation__in=self.user.memberships.values("organisation"))
        mine |= Q(side=Side.LAB, application__lab__in=LivingLab.objects.run_by(self.user).order_by().values("pk"))
        return Task.objects.open().filter(mine, due_on__lte=soon)

    @cached_property
    def tasks(self):
        """Open tasks of the member's side with a day that has come or comes within a week."""
        return list(self._tasks().select_related("application__request").order_by("due_on", "pk")[:MOST])

    def _drafts(self):
        return TestRequest.objects.visible_to(self.user).filter(created_by=self.user).unsent()

    @cached_property
    def drafts(self):
        return list(self._drafts().order_by("-updated_at")[:MOST])
