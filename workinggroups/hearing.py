"""What a member hears of each working group, chosen where all notifications are."""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import pgettext_lazy

from common.sorting import sorted_by_name
from conversations.models import Post
from notifications.places import Place, nouns_in
from workinggroups.actions import change_news
from workinggroups.enums import News
from workinggroups.models import Announcement, GroupMembership, WorkingGroup

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


#: Comes by mail from every group that is not silenced.
CALLED = "discussion.mentioned"


def silenced(deliveries):
    """Mails about announcements and posts of groups from which their readers want none at once any more."""
    posts, announcements = nouns_in(deliveries, Post), nouns_in(deliveries, Announcement)
    if not posts and not announcements:
        return []
    kind = ContentType.objects.get_for_model(WorkingGroup)
    groups = Post.objects.filter(pk__in=posts, thread__target_type=kind).values_list("pk", "thread__target_id")
    told = [(group, one) for pk, group in groups for one in posts[pk]]
    groups = Announcement.objects.filter(pk__in=announcements).values_list("pk", "group")
    told += [(group, one) for pk, group in groups for one in announcements[pk]]
    rows = GroupMembership.objects.filter(group__in={group for group, _one in told}, user__in={one.user_id for _group, one in told})
    chosen = {(user, group): news for user, group, news in rows.values_list("user", "group", "news")}
    return [one.pk for group, one in told if _is_silent(chosen.get((one.user_id, group), News.AT_ONCE), one.entry.kind)]


def _is_silent(news, kind):
    return news == News.MUTE or (news == News.DIGEST and kind != CALLED)
