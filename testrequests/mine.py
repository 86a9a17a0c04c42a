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

    @cached_property
    def waiting(self):
        """[Line], what is due first; those the member may act on."""
        rows = for_lines(Application.objects.waiting_for(self.user).order_by("due_on", "pk"))[:MOST]
        return [line for line in lines(rows, self.user, self.today) if line.is_mine]

    @cached_property
    def tasks(self):
        """Open tasks of the member's side with a day that has come or comes within a week."""
        soon = self.today + timedelta(days=7)
        mine = Q(side=Side.COMPANY, application__organisation__in=self.user.memberships.values("organisation"))
        mine |= Q(side=Side.LAB, application__lab__in=LivingLab.objects.run_by(self.user).order_by().values("pk"))
        rows = Task.objects.open().filter(mine, due_on__lte=soon).select_related("application__request")
        return list(rows.order_by("due_on", "pk")[:MOST])

    @cached_property
    def drafts(self):
        return list(TestRequest.objects.filter(created_by=self.user).unsent().order_by("-updated_at")[:MOST])
