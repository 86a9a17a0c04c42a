"""What a member hears of each working group, chosen where all notifications are."""

from django.utils.translation import pgettext_lazy

from common.sorting import sorted_by_name
from notifications.places import Place
from workinggroups.actions import change_news
from workinggroups.enums import News
from workinggroups.models import WorkingGroup

CHOICES = (
    (News.AT_ONCE.value, pgettext_lazy("news of a group", "At once")),
    (News.DIGEST.value, pgettext_lazy("news of a group", "Digest")),
    (News.MUTE.value, pgettext_lazy("news of a group", "Not at all")),
)


def mine(user):
    """The groups the member belongs to, in the order of their names."""
    chosen = dict(user.group_memberships.values_list("group", "news"))
    groups = WorkingGroup.objects.visible_to(user).filter(pk__in=chosen).prefetch_related("texts") if chosen else ()
    return [Place(group.pk, str(group), chosen[group.pk], group.get_absolute_url()) for group in sorted_by_name(groups)]


def choose(user, pk, value):
    """Raises `WrongState` for one who does not belong to the group any more."""
    change_news(WorkingGroup(pk=pk), value, by=user)
