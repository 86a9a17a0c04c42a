"""A digest put together from pieces that were drawn before: no template is asked for a mail.

What all mails of a language have in common is drawn once, with marks where readers differ, and cut at the marks; a row was drawn once
for all its readers (digests.rendering). A mail is then joined from strings.
"""

from functools import lru_cache

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from common.mail import LINE_LENGTH, subject_line, tidy, wrapped
from common.text import clean_text

#: Stands beside a name where its value belongs; no text of a template has it, and what people wrote is put in when they are gone.
MARK = "\ue000"


def put_together(mail):
    """(subject, text, HTML) of a digest."""
    values = {**mail.context, "why": mail.why, "stop_url": mail.stop_url, "settings_url": mail.settings_url}
    subject = subject_line(_filled("digest_subject.txt", mail.language, values, _line))
    values["subject"] = subject
    return subject, _text(mail.language, values), _html(mail.language, values)


def _html(language, values):
    sections = [
        _filled("_digest_section.html", language, {**one, "rows": mark_safe("".join(row["html"] for row in one["rows"]))}, escaped)
        for one in values["sections"]
    ]
    mutes = " · ".join(_filled("_digest_mute.html", language, one, escaped) for one in values["mutes"])
    return _filled("digest.html", language, {**values, "sections": mark_safe("".join(sections)), "mutes": mark_safe(mutes)}, escaped)


def _text(language, values):
    sections = [
        _filled("_digest_section.txt", language,
                {**one, "label": str(one["label"]).upper(), "rows": mark_safe("\n\n".join(row["text"] for row in one["rows"]))}, _line)
        for one in values["sections"]
    ]  # fmt: skip
    mutes = "\n".join(_filled("_digest_mute.txt", language, one, _line) for one in values["mutes"])
    return tidy(_filled("digest.txt", language, {**values, "sections": mark_safe("\n".join(sections)), "mutes": mark_safe(mutes)}, _line))


def _filled(name, language, values, prepared):
    """A template with `values`, each `prepared` for its kind; what is empty is to the template's conditions as if it were not there."""
    pieces = _pieces(name, language, settings.SITE_URL, tuple([key for key, value in values.items() if value]))
    return "".join([piece if place % 2 == 0 else prepared(values[piece]) for place, piece in enumerate(pieces)])


@lru_cache(maxsize=500)
def _pieces(name, language, site, filled):
    """(text, name of a value, text, …) of a template in which these values stand."""
    marks = {key: mark_safe(f"{MARK}{key}{MARK}") for key in filled}
    context = {"portal": settings.PORTAL, "site_url": site, "language": language, **marks}
    drawn = get_template(f"emails/{name}").template.render(Context(context, autoescape=name.endswith(".html")))
    return tuple(drawn.removesuffix("\n").split(MARK) if name.startswith("_") else drawn.split(MARK))


@lru_cache(maxsize=4_000)
def _escaped(text):
    return conditional_escape(clean_text(text.replace("\x00", "")))


def escaped(value):
    """As it stands in HTML, without marks that turn the direction."""
    return value if isinstance(value, SafeString) else _escaped(str(value))


@lru_cache(maxsize=4_000)
def _wrapped(text):
    return wrapped(text).rstrip("\n")


def _line(value):
    """As it stands in the text: lines one can read."""
    is_fit = isinstance(value, SafeString) or (len(value) <= LINE_LENGTH and value.isascii() and value.isprintable())
    return value if is_fit else _wrapped(str(value))
