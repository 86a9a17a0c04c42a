from dataclasses import replace
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from digests.issues import Audience, Standing, monday_of, week_of
from digests.models import MOST_PINNED, Issue
from digests.news import Told
from digests.sections.base import Section
from digests.sections.editorial import Article
from digests.sections.events import NewEvents
from digests.sections.groups import NewGroups
from digests.sections.labs import NewLabs, NewOffers
from digests.sections.projects import NewProjects
from digests.sections.reports import NewReports
from notifications.enums import DeliveryState, MailList
from notifications.models import Delivery
from organisations.models import Membership
from taxonomy.models import Municipality, Theme

#: Word of a pinned block → the section that tells such things.
TOLD_BY = {
    "project": NewProjects(), "lab": NewLabs(), "offer": NewOffers(), "event": NewEvents(), "group": NewGroups(), "report": NewReports(),
    "article": Article(),
}  # fmt: skip
#: What the ledger calls an introduction that stood in a mail.
INTRO = "intro"
PARTS = ("themes", "municipalities", "regions")
#: Somebody may have got this week's issue so long ago, by the clocks of all time zones.
A_WEEK = timedelta(days=8)


class FromEditors(Section):
    """This week's issue: its introduction stands above everything, what is pinned comes first. Each reader gets one, once.

    Of several that are for a reader the one with the narrowest audience stands, of those the newest.
    """

    key = "issue"
    label = _("From the editors")
    about = _("What the editors write to you and pin to the top")
    shown = MOST_PINNED

    def for_readers(self, chunk, cached):
        issues = cached("issues", lambda: standing(chunk))
        readers = [one for one in chunk.readers if one.subscription is None or self.key not in one.subscription.without] if issues else ()
        if not readers:
            return {}
        people, had = audience_of(chunk, issues, cached), had_one(chunk)
        for reader in readers:
            fits = (one for one in issues if one.week in (None, week_of(reader)) and one.audience.holds(people[reader.user.pk]))
            issue = next(fits, None)
            reader.issue = issue if issue and (issue.week is None or reader.user.pk not in had) else None
        return {reader.user.pk: self._told(reader, chunk) for reader in readers if reader.issue}

    def _told(self, reader, chunk):
        muted = chunk.muted.get(reader.user.pk, set())
        return [Told(news, "editors") for news in reader.issue.news if news.noun not in muted and not news.about & muted]

    def note(self, news, language):
        word, *facts = news.facts
        return TOLD_BY[word].note(replace(news, facts=tuple(facts)), language)


def standing(chunk):
    """The ready issues of the weeks in which these digests come, the narrowest first."""
    day = chunk.window[1].date()
    weeks = {monday_of(day + timedelta(days=days)) for days in (-1, 0, 1)}
    parts = {f"{name}_keys": keys_of(name) for name in PARTS}
    rows = Issue.objects.ready().filter(week__in=weeks).annotate(**parts).latest_first()
    found = [as_standing(row, chunk.now, week=row.week) for row in rows]
    return sorted(found, key=lambda one: one.audience.parts, reverse=True)


def keys_of(name):
    """The primary keys of one part of an issue's audience, as an array."""
    field = Issue._meta.get_field(name)
    rows = field.remote_field.through.objects.filter(issue=OuterRef("pk"))
    return ArraySubquery(rows.order_by().values(f"{field.m2m_reverse_field_name()}_id"))


def as_standing(issue, now, week=None):
    """An issue with what is pinned to it and may be shown at this moment."""
    kind = ContentType.objects.get_for_model(Issue).pk
    audience = Audience()
    if week:
        audience = Audience(frozenset(issue.organisation_types), *(frozenset(getattr(issue, f"{name}_keys")) for name in PARTS))
    return Standing((kind, issue.pk), week, issue.intro, audience, bool(issue.used_at), pinned_news(issue, now))


def pinned_news(issue, now):
    """[News] in the editors' order. What is hidden, withdrawn, over or not live any more is left out; who may see it is asked later."""
    keys, found = {}, {}
    pins = [(pin["type"], pin["value"]) for pin in issue.pinned.raw_data if pin["type"] in TOLD_BY]
    for word, pk in pins:
        keys.setdefault(word, []).append(pk)
    for word, wanted in keys.items():
        section = TOLD_BY[word]
        rows = section.published().filter(pk__in=[pk for pk in wanted if pk])
        rows = rows.filter(ends_at__gt=now) if word == "event" else rows
        for news in section.news_of(rows):
            found[word, news.noun[1]] = replace(news, section=FromEditors.key, facts=(word, *news.facts))
    return [found[pin] for pin in dict.fromkeys(pins) if pin in found]


def had_one(chunk):
    """Members who had an issue in the week in which this digest comes. Whose last digest was before that week need not be looked up."""
    people = {reader.user.pk: reader for reader in chunk.readers}
    often = [user for user, (_state, until, _held) in chunk.last.items() if week_of(people[user], until) == week_of(people[user])]
    if not often:
        return set()
    rows = Delivery.objects.filter(user__in=often, list=MailList.DIGEST, until__gte=chunk.until - A_WEEK, held__contains=[[INTRO]])
    rows = rows.filter(state__in=(DeliveryState.SENT, DeliveryState.UNKNOWN)).order_by().values_list("user", "until", "held")
    return {
        user for user, until, held in rows
        if any(row[0] == INTRO for row in held) and week_of(people[user], until) == week_of(people[user])
    }  # fmt: skip


def audience_of(chunk, issues, cached):
    """{member: `Audience` he or she belongs to}; nothing is asked where every issue is for everybody."""
    if not any(one.audience.parts for one in issues):
        return dict.fromkeys(chunk.users, Audience())
    theme, place = (ContentType.objects.get_for_model(model).pk for model in (Theme, Municipality))
    regions = cached("regions", lambda: dict(Municipality.objects.values_list("pk", "region")))
    types, places = {}, {}
    rows = Membership.objects.filter(user__in=chunk.users, organisation__verified_at__isnull=False)
    for user, kind, municipality in rows.values_list("user", "organisation__type", "organisation__municipality"):
        types.setdefault(user, set()).add(kind)
        places.setdefault(user, set()).add(municipality)
    found = {}
    for user in chunk.users:
        follows = chunk.follows.get(user, ())
        near = frozenset({pk for kind, pk in follows if kind == place} | places.get(user, set()) - {None})
        themes = frozenset(pk for kind, pk in follows if kind == theme)
        found[user] = Audience(frozenset(types.get(user, ())), themes, near, frozenset(regions[pk] for pk in near if pk in regions))
    return found
