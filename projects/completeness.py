"""What a project must say before others are to read it. A draft needs a title only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.text import has_words
from projects.enums import Phase


@dataclass(frozen=True)
class Missing:
    """Something that is not said yet: the step of the form, the field's name there, and a sentence."""

    step: str
    field: str
    sentence: str


def missing(project):
    """What has to be added before `project` is submitted or published, in the order of the form."""
    original = project.texts.filter(is_original=True).first()
    checks = (
        (original and has_words(original.title), "basics", "title", _("Give the project a title")),
        (original and has_words(original.summary), "basics", "summary", _("Say in a few sentences what it is about")),
        (project.kind, "basics", "kind", _("Choose what kind of project it is")),
        (project.themes.exists(), "basics", "themes", _("Choose at least one theme")),
        (project.sites.exists(), "where", "municipalities", _("Choose at least one municipality")),
        (project.phase, "where", "phase", _("Choose the phase it is in")),
        (project.phase != Phase.STOPPED or project.stopped_reason, "where", "stopped_reason", _("Say why it was stopped")),
    )
    return [Missing(step, field, sentence) for said, step, field, sentence in checks if not said]
