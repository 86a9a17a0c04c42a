"""Composed projects brought into the database in sets; search data by the same functions as everybody's."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.utils.text import slugify

from common.publishing import State
from common.search import fold
from portal.demo.bulk_search import SearchWords
from portal.demo.content import read
from portal.demo.copying import copy_rows, new_keys
from portal.demo.sentences import Draft, compose
from projects.enums import LessonKind, PartnerRole, Phase
from projects.indexing import index_projects
from projects.models import Lesson, Milestone, Partner, Project, ProjectText, Result, Site
from taxonomy.models import TaggedNoun, Theme
from taxonomy.tags import tags_named

CHUNK = 2_500
MOST_CONNECTIONS = 4
_SLUG = 90
_PROJECT = (
    "id", "organisation_id", "slug", "kind", "phase", "stopped_reason", "start_date", "end_date", "budget", "currency",
    "is_demo", "source", "source_key", "state", "state_changed_at", "published_at", "facet_terms",
)  # fmt: skip


def seed_projects(source, number, owners, places, tally, *, now, tell):
    """Make projects 0 … `number` − 1 of this source where they are missing; `tell` hears of the progress."""
    present = {int(key) for key in Project._base_manager.filter(source=source).values_list("source_key", flat=True)}
    missing = [each for each in range(number) if each not in present]
    tally.note("projects", made=False, number=number - len(missing))
    if not missing:
        return
    known = _Known(source, owners, places, now)
    done = 0
    for number_made in _in_parallel(known.make, [missing[at : at + CHUNK] for at in range(0, len(missing), CHUNK)]):
        done += number_made
        tally.note("projects", made=True, number=number_made)
        tell(f"{done:,} of {len(missing):,} projects")


def _in_parallel(work, chunks):
    """Results of `work(chunk)`, on as many connections as there are processors: search vectors are the database's work.

    Inside somebody's transaction only this connection sees what is there, and with one chunk there is nothing to share.
    """
    if len(chunks) == 1 or connection.in_atomic_block:
        yield from map(work, chunks)
        return

    def on_a_connection_of_its_own(chunk):
        try:
            return work(chunk)
        finally:
            connection.close()

    with ThreadPoolExecutor(min(MOST_CONNECTIONS, os.cpu_count() or 1)) as pool:
        yield from pool.map(on_a_connection_of_its_own, chunks)


class _Known:
    """What all chunks share."""

    def __init__(self, source, owners, places, now):
        self.source, self.owners, self.places, self.now = source, owners, places, now
        themes = Theme.objects.all()
        self.themes = {theme.slug: theme.pk for theme in themes}
        self.search = SearchWords({pk: (slug, name) for pk, slug, name in owners}, places, themes)
        self.words = read("bulk.toml")
        self.tags = tags_named({name for names in self.words["tags"].values() for name in names})
        self.noun = ContentType.objects.get_for_model(Project).pk

    def tags_of(self, draft):
        return [self.tags[name.lower()] for name in draft.tags]

    def make(self, numbers):
        """Compose and write the projects of these numbers in one transaction; returns how many there are."""
        drafts = [compose(number, self.places, self.now.date()) for number in numbers]
        with transaction.atomic():
            _write(dict(zip(new_keys(Project, len(drafts)), drafts, strict=True)), self)
        return len(drafts)


def _write(drafts: dict[int, Draft], known):
    copy_rows(Project, _PROJECT, [_project(key, draft, known) for key, draft in drafts.items()])
    copy_rows(
        ProjectText, ("project_id", "language", "is_original", "title", "summary", "story", "keywords"),
        [row for key, draft in drafts.items() for row in _texts(key, draft, known)],
    )  # fmt: skip
    copy_rows(
        Site,
        ("project_id", "municipality_id", "latitude", "longitude"),
        [_site(key, draft) for key, draft in drafts.items()],
    )
    copy_rows(
        Partner, ("project_id", "organisation_id", "role", "position"),
        [row for key, draft in drafts.items() for row in _partners(key, draft, known)],
    )  # fmt: skip
    copy_rows(
        Project.themes.through, ("project_id", "theme_id"),
        [(key, known.themes[slug]) for key, draft in drafts.items() for slug in draft.themes],
    )  # fmt: skip
    copy_rows(
        TaggedNoun, ("object_id", "content_type_id", "tag_id"),
        [(key, known.noun, tag.pk) for key, draft in drafts.items() for tag in known.tags_of(draft)],
    )  # fmt: skip
    _write_outcome(drafts, known.words["text"])
    index_projects(drafts)


def _write_outcome(drafts, words):
    """Results and lessons of those that are far enough, and a timeline for all."""
    told = {key: draft for key, draft in drafts.items() if draft.phase in (Phase.EVALUATION, Phase.OPERATION, Phase.STOPPED)}
    copy_rows(
        Result, ("project_id", "indicator", "unit", "method", "baseline", "target", "actual", "period"),
        [(key, *words[draft.language]["result"], *draft.measured, f"{draft.start.year}–{draft.end.year}") for key, draft in told.items()],
    )  # fmt: skip
    copy_rows(
        Lesson, ("project_id", "kind", "title", "text"),
        [(key, LessonKind.values[draft.number % 3], *words[draft.language]["lesson"]) for key, draft in told.items()],
    )  # fmt: skip
    copy_rows(
        Milestone, ("project_id", "date", "title"),
        [
            (key, day, title)
            for key, draft in drafts.items()
            for day, title in zip((draft.start, _middle(draft), draft.end), words[draft.language]["milestones"], strict=True)
        ],
    )  # fmt: skip


def _middle(draft):
    return draft.start + (draft.end - draft.start) / 2


def _project(key, draft, known):
    owner = known.owners[draft.number % len(known.owners)][0]
    title = draft.texts[0][1]
    slug = f"{slugify(fold(title))[:_SLUG].strip('-')}-{draft.number + 1}"
    # The newest of them are older than what was written by hand.
    published = known.now - timedelta(days=250, minutes=5 * draft.number)
    return (
        key, owner, slug, draft.kind, draft.phase, draft.stopped_reason, draft.start, draft.end, draft.budget, draft.currency,
        True, known.source, str(draft.number), State.PUBLISHED, published, published,
        known.search.terms(draft, _partner_keys(draft, known), known.tags_of(draft)),
    )  # fmt: skip


def _site(key, draft):
    """A point near the middle of the municipality, so that pins do not cover one another."""
    north, east = (draft.number % 41 - 20) / 600, (draft.number % 37 - 18) / 400
    return (key, draft.place.pk, round(draft.place.latitude + north, 4), round(draft.place.longitude + east, 4))


def _texts(key, draft, known):
    keywords = known.search.keywords(draft, _partner_keys(draft, known), known.tags_of(draft))
    for text in draft.texts:
        yield key, text[0], text is draft.texts[0], *text[1:], keywords


def _partner_keys(draft, known):
    """Primary keys of those who take part, the owner first; the next ones may be the owner again."""
    owners = known.owners
    return [owners[place % len(owners)][0] for place in (draft.number, *(draft.number * step + step for step in (1, 7, 13)))]


def _partners(key, draft, known):
    lead, *others = _partner_keys(draft, known)
    yield key, lead, PartnerRole.LEAD, 0
    for position, organisation in enumerate(dict.fromkeys(others), start=1):
        yield key, organisation, PartnerRole.values[1 + (draft.number + position) % 5], position
