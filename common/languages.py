"""The language of what people wrote, beside the language of the page."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, gettext_noop

#: ISO 639 code of a text whose original is in several languages or in one nobody recorded: no badge, no `lang`.
UNSPECIFIED = "mul"
#: Names that Django's own catalogues lack or have wrong in Danish or Swedish; the portal's win over them.
SAID_BETTER = (gettext_noop("Norwegian"), gettext_noop("Lithuanian"), gettext_noop("Estonian"))


def language_codes():
    """Codes of the portal's languages in the order of the settings."""
    return [code for code, _ in settings.LANGUAGES]


def in_language(by_language, language=None, fallback=""):
    """The value for the reader's language from a mapping such as `{"en": …, "da": …}`.

    Without one: the portal's own language, then any, then `fallback`.
    """
    for code in (language or get_language(), settings.LANGUAGE_CODE):
        if by_language.get(code):
            return by_language[code]
    return next((value for value in by_language.values() if value), fallback)


def pick_text(texts, language=None):
    """The text row in the reader's language, else the original, else the first; None when there is none."""
    language = language or get_language()
    rows = list(texts)
    return next((row for row in rows if row.language == language), None) or next(
        (row for row in rows if row.is_original), rows[0] if rows else None
    )


class TextRow(models.Model):
    """One language of a noun's text. A noun has exactly one original; `keywords` are written by its indexing."""

    language = models.CharField(max_length=8)
    is_original = models.BooleanField(default=False)
    keywords = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True
