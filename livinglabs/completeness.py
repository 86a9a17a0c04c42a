"""What a lab and an offer must say before others are to read it. A draft needs a name only."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from common.text import has_words


@dataclass(frozen=True)
class Missing:
    """Something that is not said yet: the step of the form, the field's name there, and a sentence."""

    step: str
    field: str
    sentence: str


def missing(lab):
    """What has to be added before `lab` is submitted or published, in the order of the form."""
    original = lab.texts.filter(is_original=True).first()
    checks = (
        (original and has_words(original.name), "basics", "name", _("Give the living lab a name")),
        (original and has_words(original.summary), "basics", "summary", _("Say in two sentences what can be tried there")),
        (lab.themes.exists(), "basics", "themes", _("Choose at least one theme")),
        (lab.sites.filter(municipality__isnull=False).exists(), "place", "municipalities", _("Choose at least one municipality")),
    )
    return [Missing(step, field, sentence) for said, step, field, sentence in checks if not said]


def missing_in_offer(offer):
    """What has to be added before `offer` is published."""
    original = offer.texts.filter(is_original=True).first()
    checks = (
        (original and has_words(original.title), "title", _("Give the offer a title")),
        (original and has_words(original.summary), "summary", _("Say in two sentences what one gets")),
    )
    return [Missing("", field, sentence) for said, field, sentence in checks if not said]
