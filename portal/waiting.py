"""Which parts of the desk have anything for a member: one question for all of them, so that a part without costs nothing more."""

from django.db.models import CharField, Value
from django.utils import timezone

from portal import labs_desk, meetings_desk, reports_desk, visits_desk
from testrequests.mine import MyTests


def parts_that_wait(user, writes_for, groups):
    """The names of the parts in which something waits; `groups` are the member's own."""
    waiting, tasks, drafts = MyTests(user).rows()
    asked = {
        "invitations": groups.open_invitations(),
        "points": meetings_desk.due_points(user, timezone.localdate()),
        "meetings": meetings_desk.to_lead(user),
        "labs": labs_desk.rows(user, writes_for),
        "tests": waiting, "tasks": tasks, "drafts": drafts,
        "reports": reports_desk.rows(user),
        "visits": visits_desk.rows(user, timezone.now()),
    }  # fmt: skip
    first, *others = [rows.order_by().values_list(Value(name, output_field=CharField()))[:1] for name, rows in asked.items()]
    return {name for (name,) in first.union(*others, all=True)}
