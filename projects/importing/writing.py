"""Rows into the database: one transaction, a constant number of statements for each thousand rows, and nothing twice."""

import itertools
from collections import Counter
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from common.publishing import State
from common.rows import clean_row
from common.slugs import free_slugs
from projects.enums import PartnerRole
from projects.importing.matching import Directory, Named
from projects.indexing import index_projects
from projects.models import Link, Partner, Project, ProjectText, Site
from projects.parts import clean_parts
from projects.words import refresh_words
from records.actions import audit_many
from records.models import AuditEntry
from taxonomy.models import TaggedNoun
from taxonomy.tags import tags_named

CHUNK = 1_000
#: Columns of the project itself that a file may hold.
FIELDS = (
    "kind", "stopped_reason", "start_date", "end_date", "budget", "currency", "programme", "contact_name", "source", "source_key",
)  # fmt: skip
VERB = "import"


@dataclass
class Outcome:
    """What an import did, or would do in a dry run."""

    counts: Counter = field(default_factory=Counter)
    organisations: int = 0
    #: Lines of rows left alone although the file has changed, because members have changed the project here.
    kept: list = field(default_factory=list)


class Writer:
    """Writes `ProjectRow`s with their organisations. `organisations` are `Named` by key, for files that refer to them."""

    def __init__(self, organisations=None, now=None):
        self.organisations, self.now = organisations or {}, now or timezone.now()
        self.directory, self.outcome = Directory(), Outcome()

    def owner_and_partners(self, row):
        """`(owner, partners)` as unsaved choices: the lead owns, else the first partner, else the funding programme.

        Raises `ValidationError` by column when the row names none of them.
        """
        partners, seen = [], set()
        lead = self._find(row.lead)
        named = ([(lead, PartnerRole.LEAD)] if lead else []) + [(self._find(one), one["role"]) for one in row.partners]
        for organisation, role in named:
            # Two spellings of one organisation may stand in one row: the first role, the lead's before all, is kept.
            if organisation and id(organisation) not in seen:
                seen.add(id(organisation))
                partners.append((organisation, role))
        owner = lead or next((one for one, role in partners if role != PartnerRole.FUNDER), None)
        if owner is None and row.programme:
            owner = self.directory.find_or_make(Named(name=row.programme, type="network"))
        if owner is None:
            raise ValidationError({"lead_name": _("Name the organisation that leads the project: it owns the page.")})
        return owner, partners

    def _find(self, one):
        known = self.organisations.get(one["key"])
        if known:
            return self.directory.find_or_make(known)
        return self.directory.find_or_make(_named(one)) if one["name"] else None

    def write(self, rows, *, source, tick=lambda: None):
        """Bring `rows` as `(line, row, owner, partners)` into the database, in the caller's transaction."""
        rows = list(rows)
        used = {id(one) for _line, _row, owner, partners in rows for one in (owner, *(partner for partner, _role in partners))}
        self.directory.made = [one for one in self.directory.made if id(one) in used]
        self.directory.save(source=source, now=self.now)
        self.outcome.organisations = len(self.directory.made)
        for chunk in _chunks(rows, CHUNK):
            self._write_chunk(chunk, tick)
        if self.outcome.counts["created"] or self.outcome.counts["updated"]:
            refresh_words()
        return self.outcome

    def _write_chunk(self, chunk, tick):
        present = self._present(chunk)
        prints, touched = _last_imports([one.pk for one in present.values()])
        new, changed = [], []
        for line, row, owner, partners in chunk:
            project = present.get((row.source, row.source_key))
            if project is None:
                new.append((Project(created_at=self.now), row, owner, partners))
            elif prints.get(project.pk) == row.fingerprint():
                self.outcome.counts["unchanged"] += 1
            elif project.pk in touched:
                self.outcome.counts["unchanged"] += 1
                self.outcome.kept.append(line)
            else:
                changed.append((project, row, owner, partners))
            tick()
        self.outcome.counts.update(created=len(new), updated=len(changed))
        self._save(new, changed)

    def _present(self, chunk):
        keys = {row.source_key for _line, row, _owner, _partners in chunk}
        found = Project._base_manager.filter(source_key__in=keys)
        return {(one.source, one.source_key): one for one in found}

    def _save(self, new, changed):
        titles = [row.texts[0]["title"] for _project, row, _owner, _partners in new]
        for (project, *_rest), slug in zip(new, free_slugs(Project, titles, noun="project"), strict=True):
            project.slug, project.state = slug, State.PUBLISHED
            project.state_changed_at = project.published_at = self.now
        for project, row, owner, _partners in (*new, *changed):
            project.organisation = owner
            _set_fields(project, row, self.now.date())
        Project.objects.bulk_create([project for project, *_rest in new])
        if changed:
            projects = [project for project, *_rest in changed]
            for project in projects:
                project.updated_at = self.now
            Project._base_manager.bulk_update(projects, [*FIELDS, "phase", "organisation", "updated_at"])
            _clear([project.pk for project in projects])
        everything = [*new, *changed]
        _write_parts(everything)
        _write_tags([(project, row) for project, row, *_rest in everything])
        audit_many(
            VERB,
            [project for project, *_rest in everything],
            by=None,
            changes=[{"fingerprint": row.fingerprint()} for _project, row, *_rest in everything],
        )
        index_projects([project.pk for project, *_rest in everything])


def check(row, today):
    """Raise `ValidationError` where the database would refuse the row. Nothing is queried."""
    project = Project()
    _set_fields(project, row, today)
    clean_row(project, exclude=("slug", "state_reason", "facet_terms"))
    clean_parts(project, {"texts": row.texts, "sites": _sites(row), "links": _links(row)})


def _named(one):
    return Named(name=one["name"], country=one.get("country", ""), registration=one.get("registration", ""), domain=one.get("domain", ""))


def _chunks(rows, size):
    rows = iter(rows)
    return iter(lambda: list(itertools.islice(rows, size)), [])


def _last_imports(ids):
    """The fingerprint each project was last imported with, and the projects that members have changed since."""
    prints, touched = {}, set()
    entries = AuditEntry.objects.filter(
        target_type=ContentType.objects.get_for_model(Project), target_id__in=ids, verb__in=[VERB, "update"]
    )
    for entry in entries.order_by("pk"):
        if entry.verb == VERB:
            prints[entry.target_id] = entry.changes.get("fingerprint")
            touched.discard(entry.target_id)
        elif entry.by_id:
            touched.add(entry.target_id)
    return prints, touched


def _set_fields(project, row, today):
    for name in FIELDS:
        setattr(project, name, getattr(row, name))
    project.phase = row.phase_at(today)


def _sites(row):
    point = dict(zip(("latitude", "longitude"), row.point, strict=False))
    first = {"label": row.site, **point}
    if not row.places:
        return [first] if row.site or point else []
    return [{"municipality_id": place, **(first if number == 0 else {})} for number, place in enumerate(row.places)]


def _links(row):
    return [{"url": row.url}] if row.url else []


def _write_parts(everything):
    rows = {"texts": [], "sites": [], "links": []}
    partners, themes, goals = [], [], []
    for project, row, _owner, named in everything:
        cleaned = clean_parts(project, {"texts": row.texts, "sites": _sites(row), "links": _links(row)})
        for name, made in cleaned.items():
            rows[name].extend(made)
        partners.extend(
            Partner(project=project, organisation=organisation, role=role, position=position)
            for position, (organisation, role) in enumerate(named)
        )
        themes.extend(Project.themes.through(project_id=project.pk, theme_id=pk) for pk in row.themes)
        goals.extend(Project.goals.through(project_id=project.pk, goal_id=pk) for pk in row.goals)
    for model, made in (
        (ProjectText, rows["texts"]), (Site, rows["sites"]), (Link, rows["links"]), (Partner, partners),
        (Project.themes.through, themes), (Project.goals.through, goals),
    ):  # fmt: skip
        model._base_manager.bulk_create(made, batch_size=CHUNK)


def _write_tags(projects):
    tags = tags_named(list({name.lower(): name for _project, row in projects for name in row.tags}.values()))
    noun = ContentType.objects.get_for_model(Project)
    TaggedNoun.objects.bulk_create(
        TaggedNoun(tag=tags[name.lower()], content_type=noun, object_id=project.pk) for project, row in projects for name in row.tags
    )


def _clear(ids):
    """Take away what the rows will bring anew; results, lessons and milestones of members stay."""
    for model in (ProjectText, Site, Link, Partner, Project.themes.through, Project.goals.through):
        model._base_manager.filter(project_id__in=ids).delete()
    TaggedNoun.objects.filter(content_type=ContentType.objects.get_for_model(Project), object_id__in=ids).delete()


def in_one_transaction(work, *, dry_run):
    """Run `work` and keep what it wrote, unless this is a dry run or it raises."""
    with transaction.atomic():
        result = work()
        transaction.set_rollback(dry_run)
    return result


def refresh_statistics():
    """Tell the database at once how much there is.

    Until autovacuum comes by it plans searches for the tables as it knew them, which after a first import were empty.
    """
    models = (Project, ProjectText, Site, Link, Partner, Project.themes.through, Project.goals.through)
    tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {tables}")
