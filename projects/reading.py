"""Everything a project's page shows beside the project's own row, in one query.

Eleven relations, each with its own ORM query, cost more than the rest of the page together; the database joins them into one
JSON document instead. The rows come back as unsaved instances, so that templates use their names, labels and addresses.
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import get_language

from conversations.models import Question
from organisations.models import Organisation
from projects.enums import PartnerState
from projects.models import Lesson, Link, Milestone, Partner, Project, ProjectText, Result, Site
from projects.questions import SHOWN
from records.models import Attachment, AttachmentKind
from taxonomy.models import Goal, Municipality, Tag, TaggedNoun, Theme

_PAGE = """SELECT json_build_object(
  'texts', (SELECT json_agg(json_build_object('language', t.language, 'is_original', t.is_original, 'title', t.title,
      'summary', t.summary, 'story', CASE WHEN t.language = %(language)s OR t.is_original THEN t.story ELSE '' END))
    FROM {text} t WHERE t.project_id = %(id)s),
  'themes', (SELECT json_agg(json_build_object('slug', t.slug, 'names', t.names) ORDER BY t.position, t.slug)
    FROM {project_theme} pt JOIN {theme} t ON t.id = pt.theme_id WHERE pt.project_id = %(id)s),
  'goals', (SELECT json_agg(json_build_object('number', g.number, 'names', g.names) ORDER BY g.number)
    FROM {project_goal} pg JOIN {goal} g ON g.id = pg.goal_id WHERE pg.project_id = %(id)s),
  'tags', (SELECT json_agg(json_build_object('name', g.name, 'slug', g.slug) ORDER BY g.name)
    FROM {tagged} tg JOIN {tag} g ON g.id = tg.tag_id WHERE tg.content_type_id = %(noun)s AND tg.object_id = %(id)s),
  'sites', (SELECT json_agg(json_build_object('label', s.label, 'latitude', s.latitude, 'longitude', s.longitude,
      'municipality', CASE WHEN m.id IS NOT NULL THEN json_build_object('slug', m.slug, 'name', m.name, 'names', m.names,
        'country', m.country, 'latitude', m.latitude, 'longitude', m.longitude) END) ORDER BY s.position, s.id)
    FROM {site} s LEFT JOIN {municipality} m ON m.id = s.municipality_id WHERE s.project_id = %(id)s),
  'near', (SELECT json_agg(DISTINCT n.slug) FROM {site} s JOIN {neighbour} mn ON mn.from_municipality_id = s.municipality_id
    JOIN {municipality} n ON n.id = mn.to_municipality_id WHERE s.project_id = %(id)s),
  'partners', (SELECT json_agg(json_build_object('name', p.name, 'role', p.role, 'state', p.state, 'organisation',
      CASE WHEN o.id IS NOT NULL
      THEN json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'type', o.type, 'verified_at', o.verified_at) END)
      ORDER BY p.position, p.id)
    FROM {partner} p LEFT JOIN {organisation} o ON o.id = p.organisation_id WHERE p.project_id = %(id)s),
  'results', (SELECT json_agg(json_build_object('indicator', r.indicator, 'unit', r.unit, 'baseline', r.baseline::text,
      'target', r.target::text, 'actual', r.actual::text, 'method', r.method, 'period', r.period) ORDER BY r.position, r.id)
    FROM {result} r WHERE r.project_id = %(id)s),
  'lessons', (SELECT json_agg(json_build_object('kind', l.kind, 'title', l.title, 'text', l.text) ORDER BY l.position, l.id)
    FROM {lesson} l WHERE l.project_id = %(id)s),
  'milestones', (SELECT json_agg(json_build_object('date', m.date, 'title', m.title, 'text', m.text) ORDER BY m.date DESC, m.id DESC)
    FROM {milestone} m WHERE m.project_id = %(id)s),
  'links', (SELECT json_agg(json_build_object('url', l.url, 'label', l.label) ORDER BY l.position, l.id)
    FROM {link} l WHERE l.project_id = %(id)s),
  'files', (SELECT json_agg(json_build_object('uuid', a.uuid, 'kind', a.kind, 'name', a.name, 'content_type', a.content_type,
      'size', a.size, 'width', a.width, 'height', a.height, 'title', a.title, 'alt', a.alt, 'language', a.language)
      ORDER BY a.position, a.id)
    FROM {attachment} a WHERE a.target_type_id = %(noun)s AND a.target_id = %(id)s),
  'questions', (SELECT json_agg(row_to_json(q) ORDER BY q.created_at DESC, q.id DESC) FROM (
      SELECT q.id, q.text, q.language, q.state, q.created_at, q.answer, q.answer_language, q.answered_at, q.asked_by_id,
        coalesce(nullif(q.name, ''), u.name) AS name
      FROM {question} q LEFT JOIN {user} u ON u.id = q.asked_by_id
      WHERE q.target_type_id = %(noun)s AND q.target_id = %(id)s AND q.state = 'published'
      ORDER BY q.created_at DESC, q.id DESC LIMIT %(shown)s) q),
  'question_count', (SELECT count(*) FROM {question} q
    WHERE q.target_type_id = %(noun)s AND q.target_id = %(id)s AND q.state = 'published')
)::text"""


@cache
def _page_sql():
    tables = {
        "text": ProjectText, "project_theme": Project.themes.through, "theme": Theme, "project_goal": Project.goals.through,
        "goal": Goal, "tagged": TaggedNoun, "tag": Tag, "site": Site, "municipality": Municipality,
        "neighbour": Municipality.neighbours.through, "partner": Partner, "organisation": Organisation, "result": Result,
        "lesson": Lesson, "milestone": Milestone, "link": Link, "attachment": Attachment,
        "question": Question, "user": Question._meta.get_field("asked_by").related_model,
    }  # fmt: skip
    return _PAGE.format(**{name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()})


@dataclass
class Parts:
    """The relations of one project, in the order a page shows them."""

    texts: list = field(default_factory=list)
    themes: list = field(default_factory=list)
    goals: list = field(default_factory=list)
    tags: list = field(default_factory=list)
    sites: list = field(default_factory=list)
    near: list = field(default_factory=list)  # slugs of neighbouring municipalities
    partners: list = field(default_factory=list)
    declined: list = field(default_factory=list)  # partners that are not to be named
    results: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    milestones: list = field(default_factory=list)
    links: list = field(default_factory=list)
    files: list = field(default_factory=list)
    questions: list = field(default_factory=list)  # the newest of those that are published
    question_count: int = 0

    @property
    def municipalities(self):
        """Each municipality of the sites once, in their order."""
        return list({site.municipality.slug: site.municipality for site in self.sites if site.municipality}.values())

    @property
    def pictures(self):
        return [file for file in self.files if file.kind == AttachmentKind.PICTURE]

    @property
    def documents(self):
        return [file for file in self.files if file.kind == AttachmentKind.DOCUMENT]

    def text_in(self, language):
        """The text in this language, else the original, else any."""
        chosen = [text for text in self.texts if text.language == language] or [text for text in self.texts if text.is_original]
        return (chosen or self.texts or [ProjectText()])[0]


def read_parts(project, language=None):
    """The `Parts` of a saved project; stories come in `language` (the reader's) and in the original only."""
    noun = ContentType.objects.get_for_model(Project).pk
    with connection.cursor() as cursor:
        cursor.execute(_page_sql(), {"id": project.pk, "noun": noun, "language": language or get_language(), "shown": SHOWN})
        found = {name: rows or [] for name, rows in json.loads(cursor.fetchone()[0]).items()}
    return Parts(
        texts=[ProjectText(**row) for row in found["texts"]],
        themes=[Theme(**row) for row in found["themes"]],
        goals=[Goal(**row) for row in found["goals"]],
        tags=[Tag(**row) for row in found["tags"]],
        sites=[Site(**row | {"municipality": _municipality(row["municipality"])}) for row in found["sites"]],
        near=found["near"],
        partners=[_partner(row) for row in found["partners"] if row["state"] != PartnerState.DECLINED],
        declined=[_partner(row) for row in found["partners"] if row["state"] == PartnerState.DECLINED],
        results=[_result(row) for row in found["results"]],
        lessons=[Lesson(**row) for row in found["lessons"]],
        milestones=[Milestone(**row | {"date": date.fromisoformat(row["date"])}) for row in found["milestones"]],
        links=[Link(**row) for row in found["links"]],
        files=[Attachment(**row) for row in found["files"]],
        questions=[_question(row) for row in found["questions"]],
        question_count=found["question_count"] or 0,
    )


def _municipality(row):
    return Municipality(**row) if row else None


def _partner(row):
    return Partner(**row | {"organisation": Organisation(**row["organisation"]) if row["organisation"] else None})


def _question(row):
    """One that is not to be saved: its name is the one shown."""
    times = {name: datetime.fromisoformat(row[name]) for name in ("created_at", "answered_at") if row[name]}
    return Question(**row | times | {"name": row["name"] or ""})


def _result(row):
    numbers = {name: Decimal(row[name]) for name in ("baseline", "target", "actual") if row[name] is not None}
    return Result(**row | numbers)
