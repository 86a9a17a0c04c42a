"""The rows that `benchmarks.discussions` reads: a group, discussions of 100 and of 5,000 posts, and a member who is signed in.

Run with the benchmark's settings; prints the addresses and the session as JSON. A second run uses what is there.
"""

import json

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - settings first
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from conversations.models import Post, ReadMarker, Thread  # noqa: E402
from organisations.models import Membership, Organisation  # noqa: E402
from workinggroups.models import WorkingGroup  # noqa: E402

SIZES = (100, 5_000)
LEFT = 10  # posts that are unread
TEXT = """We measured at two sites for three weeks. The radar **sees cyclists at 40 metres** when it hangs at six metres, and at 25 when it
hangs at four and a half.

- no false alarms by buses
- two by deer, both after midnight

The whole series is in [the report](https://example.org/report)."""


def group_that_talks():
    """Eight members of organisations in a group of its own."""
    group, made = WorkingGroup.objects.get_or_create(
        slug="benchmark", defaults={"organisation": Organisation.objects.order_by("pk").first(), "state": "published"}
    )
    if made:
        group.texts.create(language="en", is_original=True, name="Benchmark", purpose="To be measured.", why="To be measured.")
        for membership in Membership.objects.order_by("user").distinct("user")[:8]:
            group.memberships.create(user_id=membership.user_id, organisation_id=membership.organisation_id)
    return group


def session_of(user):
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def thread_of(group, people, size):
    title = f"Benchmark: {size} posts"
    found = Thread.objects.about(group).filter(title=title).first()
    if found is None:
        found = Thread.objects.create(target=group, title=title, language="en", started_by=people[0], post_count=size)
        rows = [Post(thread=found, number=one, author=people[one % len(people)], text=TEXT, language="en") for one in range(1, size + 1)]
        Post.objects.bulk_create(rows, batch_size=1_000)
        ReadMarker.objects.create(thread=found, user=people[0], last_number=size - LEFT)
    return found


if __name__ == "__main__":
    group = group_that_talks()
    people = [row.user for row in group.memberships.select_related("user").order_by("pk")]
    threads = {size: thread_of(group, people, size) for size in SIZES}
    base = f"/en/working-groups/{group.slug}/discussions/"
    paths = {"list of discussions": base}
    for size, thread in threads.items():
        paths[f"{size:,} posts, bare"] = f"/bench/posts/{thread.pk}/{size - LEFT + 1}/"
        paths[f"{size:,} posts"] = f"{base}{thread.pk}/"
    print(json.dumps({"paths": paths, "session": session_of(people[0])}))
