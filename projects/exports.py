"""The projects of any filter as files. The columns of CSV and XLSX are those that `import_projects` reads.

Rows come in pieces with one query each, so that a catalogue of any size is sent without being held in memory.
"""

import csv
import io
import json
from functools import cache
from tempfile import SpooledTemporaryFile

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import TextField
from django.db.models.expressions import RawSQL
from openpyxl import Workbook

from common.languages import language_codes
from projects.models import Link, Partner, Project, ProjectText, Site
from taxonomy.models import Goal, Municipality, Tag, TaggedNoun, Theme

CHUNK = 500
MOST_XLSX_ROWS = 10_000
BYTES_IN_MEMORY = 5_000_000
COLUMNS = (
    "source", "source_key", "title", "summary", "story", "language", "kind", "phase", "stopped_reason", "start_date",
    "end_date", "budget", "currency", "programme", "lead_name", "country", "municipality_codes", "site", "latitude",
    "longitude", "themes", "goals", "tags", "partners", "url", "contact_name",
)  # fmt: skip
_TRANSLATED = ("title", "summary", "story")
_OWN = (
    "pk", "slug", "source", "source_key", "kind", "phase", "stopped_reason", "start_date", "end_date", "budget", "currency",
    "programme", "contact_name", "published_at", "updated_at", "organisation__name", "organisation__country",
)  # fmt: skip
#: What makes a spreadsheet take a cell for a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_RELATED = """(SELECT json_build_object(
  'texts', (SELECT json_agg(json_build_object('language', t.language, 'is_original', t.is_original, 'title', t.title,
      'summary', t.summary, 'story', t.story) ORDER BY t.is_original DESC, t.language) FROM {text} t WHERE t.project_id = {project}.id),
  'themes', (SELECT json_agg(t.slug ORDER BY t.position, t.slug)
    FROM {project_theme} pt JOIN {theme} t ON t.id = pt.theme_id WHERE pt.project_id = {project}.id),
  'goals', (SELECT json_agg(g.number ORDER BY g.number)
    FROM {project_goal} pg JOIN {goal} g ON g.id = pg.goal_id WHERE pg.project_id = {project}.id),
  'tags', (SELECT json_agg(g.name ORDER BY g.name)
    FROM {tagged} tg JOIN {tag} g ON g.id = tg.tag_id WHERE tg.content_type_id = %s AND tg.object_id = {project}.id),
  'sites', (SELECT json_agg(json_build_object('label', s.label, 'lat', s.latitude, 'lon', s.longitude, 'country', m.country,
      'code', m.code, 'name', m.name, 'middle', ARRAY[m.longitude, m.latitude]) ORDER BY s.position, s.id)
    FROM {site} s LEFT JOIN {municipality} m ON m.id = s.municipality_id WHERE s.project_id = {project}.id),
  'partners', (SELECT json_agg(json_build_array(coalesce(o.name, p.name), p.role) ORDER BY p.position, p.id)
    FROM {partner} p LEFT JOIN {organisation} o ON o.id = p.organisation_id
    WHERE p.project_id = {project}.id AND p.state <> 'declined'),
  'link', (SELECT l.url FROM {link} l WHERE l.project_id = {project}.id ORDER BY l.position, l.id LIMIT 1)
)::text)"""


@cache
def _related_sql():
    tables = {
        "project": Project, "text": ProjectText, "project_theme": Project.themes.through, "theme": Theme,
        "project_goal": Project.goals.through, "goal": Goal, "tagged": TaggedNoun, "tag": Tag, "site": Site,
        "municipality": Municipality, "partner": Partner, "organisation": Project._meta.get_field("organisation").related_model,
        "link": Link,
    }  # fmt: skip
    return _RELATED.format(**{name: connection.ops.quote_name(model._meta.db_table) for name, model in tables.items()})


def read(projects):
    """Mappings of the projects of an unordered queryset, newest first; one query, and one for each `CHUNK` of projects.

    What was withdrawn while the file is being sent is left out of the rest of it.
    """
    noun = ContentType.objects.get_for_model(Project).pk
    related = RawSQL(_related_sql(), [noun], output_field=TextField())  # noqa: S611 - tables' names only
    keys = list(projects.order_by("-published_at", "-pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = Project.objects.filter(pk__in=keys[start : start + CHUNK]).listed().order_by("-published_at", "-pk")
        for *own, found in chunk.annotate(related=related).values_list(*_OWN, "related"):
            yield dict(zip(_OWN, own, strict=True)) | {name: value or [] for name, value in json.loads(found).items()}


def columns():
    """The names of the columns: those of the importer, and the texts in each language of the portal."""
    return [*COLUMNS, *(f"{name}_{code}" for code in language_codes() for name in _TRANSLATED)]


def row(project):
    """The values of `columns()` for one mapping of `read`."""
    texts = {text["language"]: text for text in project["texts"]}
    original = next((text for text in project["texts"] if text["is_original"]), {})
    translations = {code: text for code, text in texts.items() if text is not original}
    cells = {
        **{name: project.get(name) for name in COLUMNS if name in _OWN},
        **{name: original.get(name, "") for name in (*_TRANSLATED, "language")},
        **_key(project),
        **_where(project),
        "lead_name": next((name for name, role in project["partners"] if role == "lead"), project["organisation__name"]),
        "country": project["organisation__country"],
        "themes": "; ".join(project["themes"]),
        "goals": "; ".join(map(str, project["goals"])),
        "tags": "; ".join(project["tags"]),
        "partners": "; ".join(f"{name} ({role})" for name, role in project["partners"] if role != "lead"),
        "url": project["link"] or "",
        **{f"{name}_{code}": text[name] for code, text in translations.items() for name in _TRANSLATED},
    }
    return [cells.get(name) for name in columns()]


def _key(project):
    """Where a row comes from; what was written here has the portal as its source and its address as its key."""
    if project["source_key"]:
        return {"source": project["source"], "source_key": project["source_key"]}
    return {"source": settings.PORTAL["name"][:40], "source_key": project["slug"]}


def _where(project):
    """Official codes; the name instead where the code of another country could be meant."""
    home = project["organisation__country"]
    places = dict.fromkeys(site["code"] if site["country"] == home else site["name"] for site in project["sites"] if site["code"])
    point = next((site for site in project["sites"] if site["lat"] is not None), {"lat": None, "lon": None})
    return {
        "municipality_codes": "; ".join(places),
        "site": next((site["label"] for site in project["sites"] if site["label"]), ""),
        "latitude": point["lat"],
        "longitude": point["lon"],
    }


def neutral(cell):
    """A cell as text that no spreadsheet runs: what looks like a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def csv_lines(projects):
    """The lines of a CSV file: UTF-8 with its mark, so that spreadsheets read æ, ö and å."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    buffer.write("\ufeff")
    writer.writerow(columns())
    for project in read(projects):
        writer.writerow([neutral(cell) for cell in row(project)])
        if buffer.tell() > 16_000:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer):
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def xlsx_file(projects):
    """An open file with the workbook, its reading place at the start. For at most `MOST_XLSX_ROWS` projects."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("projects")
    sheet.append(columns())
    for project in read(projects):
        sheet.append([_xlsx_cell(cell) for cell in row(project)])
    file = SpooledTemporaryFile(max_size=BYTES_IN_MEMORY)  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _xlsx_cell(cell):
    """As in CSV, cut to what a cell of a workbook holds (32,767 characters)."""
    cell = neutral(cell)
    return cell[:32_767] if isinstance(cell, str) else cell


def geojson_lines(projects, address):
    """The parts of a GeoJSON feature collection (RFC 7946); `address(slug)` gives the address of a project's page."""
    yield '{"type":"FeatureCollection","features":[\n'
    before = ""
    for project in read(projects):
        yield before + json.dumps(_feature(project, address), ensure_ascii=False, separators=(",", ":"), default=str)
        before = ",\n"
    yield "\n]}\n"


def _feature(project, address):
    """A project with a point for each site: its own, else the middle of its municipality; no geometry without a place."""
    points = [[site["lon"], site["lat"]] if site["lat"] is not None else site["middle"] for site in project["sites"]]
    points = [point for point in points if point and None not in point]
    several = {"type": "MultiPoint", "coordinates": points}
    geometry = several if len(points) > 1 else {"type": "Point", "coordinates": points[0]} if points else None
    original = next((text for text in project["texts"] if text["is_original"]), {})
    return {
        "type": "Feature",
        "id": project["pk"],
        "geometry": geometry,
        "properties": {
            **{name: original.get(name, "") for name in ("title", "summary", "language")},
            **{name: project[name] for name in ("kind", "phase", "start_date", "end_date", "themes", "tags")},
            "organisation": project["organisation__name"],
            "municipalities": list(dict.fromkeys(site["name"] for site in project["sites"] if site["name"])),
            "url": address(project["slug"]),
        },
    }
