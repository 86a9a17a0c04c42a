from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conversations.models import Post, Thread
from digests.news import News, Told
from digests.sections.base import GREEN, Section, group_names
from workinggroups.models import WorkingGroup

#: One row for each reader and topic of a group the reader belongs to: how many posts of others came within the reader's window that lie
#: above the unread marker and are not mailed at once. Neither silenced groups nor muted topics, nor what the reader does not want here.
POSTS = """
SELECT m.user_id, t.id, t.title, t.language, g.id, g.slug, count(p.id), max(p.created_at)
FROM (VALUES {rows}) AS reader (id, since, until)
JOIN workinggroups_groupmembership m ON m.user_id = reader.id AND m.news <> 'mute'
JOIN workinggroups_workinggroup g ON g.id = m.group_id AND g.state IN ('published', 'archived')
JOIN conversations_thread t ON t.target_type_id = %s AND t.target_id = g.id AND t.kind = 'discussion' AND t.removed_at IS NULL
  AND t.last_post_at >= reader.since
JOIN conversations_post p ON p.thread_id = t.id AND p.removed_at IS NULL AND p.created_at >= reader.since AND p.created_at < reader.until
  AND p.author_id IS DISTINCT FROM m.user_id
LEFT JOIN conversations_readmarker r ON r.thread_id = t.id AND r.user_id = m.user_id
WHERE p.number > coalesce(r.last_number, 0)
  AND NOT EXISTS (SELECT 1 FROM discussions_mute x WHERE x.thread_id = t.id AND x.user_id = m.user_id)
  AND NOT EXISTS (
    SELECT 1 FROM notifications_delivery d JOIN notifications_outboxentry e ON e.id = d.entry_id
    WHERE d.user_id = m.user_id AND d.list = 'at_once' AND d.state NOT IN ('failed', 'suppressed', 'empty')
      AND e.target_type_id = %s AND e.target_id = p.id)
  AND NOT EXISTS (
    SELECT 1 FROM notifications_choice c
    WHERE c.user_id = m.user_id AND c.channel = 'digest' AND NOT c.is_on
      AND c.kind = CASE WHEN p.number = 1 THEN 'discussion.started' ELSE 'discussion.posted' END)
GROUP BY m.user_id, t.id, g.id
ORDER BY max(p.created_at) DESC
"""


class Discussions(Section):
    """What was written in the reader's groups: one block for each topic, not for each post."""

    key = "discussions"
    label = _("In your working groups")
    about = _("What is written in your working groups, one line for each discussion")
    colour = GREEN
    shown = 8

    def for_readers(self, chunk, cached):
        found = {reader.user.pk: [] for reader in chunk.readers}
        thread, group, post = (ContentType.objects.get_for_model(model).pk for model in (Thread, WorkingGroup, Post))
        rows = ", ".join(["(%s::bigint, %s::timestamptz, %s::timestamptz)"] * len(chunk.readers))
        windows = [value for reader in chunk.readers for value in (reader.user.pk, reader.since, reader.until)]
        with connection.cursor() as cursor:
            cursor.execute(POSTS.format(rows=rows), [*windows, group, post])
            written = cursor.fetchall()
        names = group_names({row[4] for row in written}, cached)
        for user, pk, title, language, group_pk, slug, number, at in written:
            about = frozenset({(group, group_pk)})
            if (group, group_pk) in chunk.muted.get(user, ()):
                continue
            news = News(self.key, (thread, pk), at, ((language, title, ""),), f"/working-groups/{slug}/discussions/{pk}/",
                        about=about, facts=(number, names.get(group_pk, ())), is_public=True)  # fmt: skip
            found[user].append(Told(news, (group, group_pk)))
        return found

    def note(self, news, language):
        number, names = news.facts
        posts = ngettext("%(number)d new post", "%(number)d new posts", number) % {"number": number}
        group = next((name for code, name, _text in names if code == language), names[0][1] if names else "")
        return f"{group} · {posts}" if group else posts
