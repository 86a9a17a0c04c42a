"""The rows that belong to a project: plain data in, cleaned rows out, written as a whole."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.rows import clean_rows
from projects.models import Lesson, Link, Milestone, Partner, ProjectText, Result, Site
from taxonomy.tags import clean_tags, tags_named

#: Argument of the verbs, the model it fills and the name of the relation, which is the same.
ROWS = {
    "texts": ProjectText,
    "sites": Site,
    "partners": Partner,
    "results": Result,
    "lessons": Lesson,
    "milestones": Milestone,
    "links": Link,
}
SETS = ("themes", "goals")


def clean_parts(project, parts):
    """`{name: rows}` of unsaved, cleaned rows for the parts given; raises `ValidationError` by name of the part."""
    cleaned, errors = {}, {}
    for name, rows in parts.items():
        try:
            cleaned[name] = clean_rows(ROWS[name], _with_original(rows) if name == "texts" else rows, project=project)
            CHECKS.get(name, lambda rows: None)(cleaned[name])
        except ValidationError as error:
            errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
    return cleaned


def write_parts(project, cleaned):
    """Replace the rows of each part named in `cleaned`. Call inside the verb's transaction.

    A row that says the same as before stays the row it was, so that what others have said about it stays, too: a partner that
    has confirmed does not have to confirm again because somebody mended a name in the row below.
    """
    for name, rows in cleaned.items():
        kept = _kept_rows(name, getattr(project, name).all(), rows)
        getattr(project, name).exclude(pk__in=[row.pk for row in kept.values()]).delete()
        for row in rows:
            row.project = project
        ROWS[name]._default_manager.bulk_create([row for number, row in enumerate(rows) if number not in kept])
        moved = [kept[number] for number in kept if _move(kept[number], rows[number])]
        if moved:
            ROWS[name]._default_manager.bulk_update(moved, ["position"])


#: What makes a row the same row. The rows of the other parts are nothing to anybody else and are written anew.
SAME = {"partners": ("organisation_id", "name", "role")}


def _kept_rows(name, existing, rows):
    """`{number of the new row: row that stands there already}`."""
    if name not in SAME:
        return {}
    standing = {}
    for row in existing:
        standing.setdefault(_saying(name, row), []).append(row)
    same = ((number, standing.get(_saying(name, row))) for number, row in enumerate(rows))
    return {number: found.pop(0) for number, found in same if found}


def _saying(name, row):
    return tuple(getattr(row, field) for field in SAME[name])


def _move(row, to):
    changed = row.position != to.position
    row.position = to.position
    return changed


def write_tags(project, names):
    """Hang exactly the tags of these names on the project; new ones are made."""
    project.tags.set(tags_named(clean_tags(names)).values())


def _with_original(texts):
    """The first text is the original when none says so."""
    texts = [dict(text) for text in texts]
    if texts and not any(text.get("is_original") for text in texts):
        texts[0]["is_original"] = True
    return texts


def _check_texts(rows):
    if not rows:
        raise ValidationError(_("A project needs a title."))
    if len({row.language for row in rows}) < len(rows):
        raise ValidationError(_("There are two texts in one language."))
    if sum(row.is_original for row in rows) != 1:
        raise ValidationError(_("Exactly one of the texts is the original."))


def _check_partners(rows):
    named = [(row.organisation_id, row.role) for row in rows if row.organisation_id]
    if len(set(named)) < len(named):
        raise ValidationError(_("An organisation is named twice in the same role."))


CHECKS = {"texts": _check_texts, "partners": _check_partners}
