"""What a digest may tell, and for whom. Sections (digests.sections) find it; digests.choosing ranks and caps it."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from django.contrib.contenttypes.models import ContentType

from digests.models import Muted, Subscription
from members.models import User
from notifications.choices import declined_in_digest
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery, Follow, Notification
from workinggroups.enums import News as GroupNews
from workinggroups.models import GroupMembership

#: Mails at once that have gone or still go.
MAILED = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.UNKNOWN)


#: A verb writes what happened and what is told of it one after the other.
A_MOMENT = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class News:
    """One thing to tell. `noun` and those in `about` are (content type, primary key).

    `words` are (language, title, text), the original first; `url` has no language in front. A page has an address of its own in each
    language it is written in: `paths` are (language, address). `is_public`: everybody may see it, so that nobody need be asked.
    `facts` are whatever the section's `note` says in the reader's language.
    """

    section: str
    noun: tuple
    at: datetime
    words: tuple
    url: str
    about: frozenset = frozenset()
    is_public: bool = False
    facts: tuple = ()
    paths: tuple = ()

    def __hash__(self):
        return hash((self.section, self.noun))  # quick, for a row that was drawn is looked up for every reader

    def in_language(self, language):
        """(language, title, text): the reader's own, else the original."""
        return next((row for row in self.words if row[0] == language), self.words[0])

    def path(self, language):
        """Where somebody who reads `language` finds it."""
        return dict(self.paths)[self.in_language(language)[0]] if self.paths else f"/{language}{self.url}"


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of news for one reader, and why it comes: what he or she follows, as (content type, primary key), or a code."""

    news: News
    because: tuple | str


@dataclass(eq=False)
class Reader:
    """One member and the window of the mail that is being made."""

    user: User
    since: datetime
    until: datetime
    subscription: Subscription | None = None
    told: dict = field(default_factory=dict)  # section → [Told]
    again: list = field(default_factory=list)  # what the last digest told, of which nobody knows whether it arrived
    issue: object = None  # what the editors say this week (digests.issues.Standing)
    names: dict = field(default_factory=dict)  # what is followed → what it is called, by language
    found: float = field(default_factory=time.monotonic)  # when the news were looked for

    @property
    def language(self):
        return self.user.language


def key_of(model, pk):
    return (ContentType.objects.get_for_model(model).pk, pk)


class Chunk:
    """Some readers, and what is known of them: each property is one query, however many they are."""

    def __init__(self, readers, now, window=None):
        self.readers, self.now = readers, now
        self.users = [reader.user.pk for reader in readers]
        self.since = min(reader.since for reader in readers)
        self.until = max(reader.until for reader in readers)
        #: What is found once for all chunks of a run is looked for here.
        self.window = window or (self.since, self.until)

    @cached_property
    def follows(self):
        """{member: [(content type, primary key)]}, in the order in which he or she began to follow."""
        found = {}
        for user, *noun in Follow.objects.filter(user__in=self.users).order_by("pk").values_list("user", "target_type", "target_id"):
            found.setdefault(user, []).append(tuple(noun))
        return found

    @cached_property
    def muted(self):
        """{member: what is kept out}: nouns, and the groups whose news the member has silenced."""
        found = {}
        for user, *noun in Muted.objects.filter(user__in=self.users).values_list("user", "target_type", "target_id"):
            found.setdefault(user, set()).add(tuple(noun))
        group = ContentType.objects.get_for_model(GroupMembership.group.field.related_model).pk
        for user, pk, news in self._memberships:
            if news == GroupNews.MUTE:
                found.setdefault(user, set()).add((group, pk))
        return found

    @cached_property
    def groups(self):
        """{member: groups he or she belongs to and hears from}"""
        found = {}
        for user, pk, news in self._memberships:
            if news != GroupNews.MUTE:
                found.setdefault(user, []).append(pk)
        return found

    @cached_property
    def belongs(self):
        """{(member, group)}: whoever belongs to a group sees it, and what it holds."""
        return {(user, pk) for user, pk, _news in self._memberships}

    @cached_property
    def _memberships(self):
        return list(GroupMembership.objects.filter(user__in=self.users).order_by("pk").values_list("user", "group", "news"))

    @cached_property
    def known(self):
        """{(member, noun): when the last of it happened} of what is mailed at once or opened as a notification in these windows.

        A mail at once that still waits counts, too: it comes, and what it tells is not told twice.
        """
        mailed = Delivery.objects.filter(user__in=self.users, list=MailList.AT_ONCE, planned_at__gte=self.since, state__in=MAILED)
        opened = Notification.objects.filter(user__in=self.users, read_at__gte=self.since)
        columns = ("user", "entry__target_type", "entry__target_id", "entry__at")
        rows = mailed.exclude(entry=None).order_by().values_list(*columns).union(opened.order_by().values_list(*columns))
        return {(user, (kind, pk)): at for user, kind, pk, at in sorted(rows, key=lambda row: row[-1])}

    def knows(self, reader, news):
        """Whether a reader knows this already: it was mailed at once or opened, and did not happen since."""
        at = self.known.get((reader.user.pk, news.noun))
        return at is not None and not (reader.since <= news.at < reader.until and news.at > at + A_MOMENT)

    @cached_property
    def declined(self):
        """{member: kinds of notifications that he or she does not want in the digest}"""
        found = {}
        for user, kind in declined_in_digest(self.users):
            found.setdefault(user, set()).add(kind)
        return found

    @cached_property
    def last(self):
        """{member: (state, end of its window, what it held) of the last digest}"""
        last = Delivery.objects.filter(user__in=self.users, list=MailList.DIGEST, until__isnull=False, until__lte=self.until)
        done = last.filter(state__in=(DeliveryState.SENT, DeliveryState.EMPTY, DeliveryState.UNKNOWN))
        newest = done.order_by("user", "-until").distinct("user").values_list("user", "state", "until", "held")
        return {user: tuple(last) for user, *last in newest}

    @property
    def in_doubt(self):
        """{member: what the last digest held of which nobody knows whether it arrived}."""
        return {user: held for user, (state, _until, held) in self.last.items() if state == DeliveryState.UNKNOWN}

    @cached_property
    def told_last(self):
        """{member: {(section, content type, primary key)} of the last digest that was sent}: what is near is named once."""
        return {user: {tuple(one) for one in held} for user, (state, _until, held) in self.last.items() if state == DeliveryState.SENT}
