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
    """Replace the rows of each part named in `cleaned`. Call inside the verb's transaction."""
    for name, rows in cleaned.items():
        getattr(project, name).all().delete()
        for row in rows:
            row.project = project
        ROWS[name]._default_manager.bulk_create(rows)


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
