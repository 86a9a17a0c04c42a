"""Which moderator has taken something that waits."""

from django.contrib.contenttypes.models import ContentType

from members.models import User
from records.actions.auditing import audit
from records.models import Assignment


def assigned_moderator(target):
    """The moderator who has taken `target` and may still act; None when it is everybody's."""
    kind = ContentType.objects.get_for_model(target)
    person = User.objects.filter(assignments__target_type=kind, assignments__target_id=target.pk).first()
    return person if person and person.may_act and person.is_moderator else None


def assign_to(target, moderator, *, by, now=None):
    """Give `target` to `moderator`, or back to all of them with None. Returns whether that was a change.

    Call inside a transaction that holds the target's lock: two moderators at once leave one name, the later one's.
    """
    kind = ContentType.objects.get_for_model(target)
    rows = Assignment.objects.filter(target_type=kind, target_id=target.pk)
    before = rows.values_list("moderator", flat=True).first()
    if before == getattr(moderator, "pk", None):
        return False
    rows.delete()
    if moderator:
        Assignment.objects.create(target=target, moderator=moderator, by=by, **({"at": now} if now else {}))
    audit("assign", target, by=by, changes={"moderator": [before, getattr(moderator, "pk", None)]})
    return True
