"""Small pieces of markup that stand many times on a page: icons, badges, covers, initials.

Plain functions with memory instead of included templates: a page of 24 cards shows about 150 of them. Each returns a
`SafeString` in which every value that came from outside is escaped.
"""

import re
from functools import cache, lru_cache

from django.conf import settings
from django.template import TemplateSyntaxError
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from common.languages import UNSPECIFIED
from common.publishing import State

PHASES = {
    "idea": (1, pgettext_lazy("phase", "Idea")),
    "planning": (2, pgettext_lazy("phase", "Planning")),
    "demonstration": (3, pgettext_lazy("phase", "Demonstration")),
    "evaluation": (4, pgettext_lazy("phase", "Evaluation")),
    "operation": (5, pgettext_lazy("phase", "In operation")),
    "stopped": (0, pgettext_lazy("phase", "Stopped")),
}
STATES = {  # kind (colour), icon
    State.DRAFT: ("neutral", "edit"),
    State.SUBMITTED: ("info", "clock"),
    State.RETURNED: ("warning", "arrow-left"),
    State.PUBLISHED: ("success", "check"),
    State.ARCHIVED: ("neutral", "file"),
    State.WITHDRAWN: ("error", "close"),
    State.HIDDEN: ("error", "eye"),
}
IN_LANGUAGE = {"en": _("In English"), "da": _("In Danish"), "sv": _("In Swedish")}
COVER_CROPS = 8
SIZES = {"": "", "big": " icon--big"}


@cache
def icon_names():
    """The names drawn in the sprite."""
    sprite = settings.BASE_DIR / "static" / "img" / "icons.svg"
    return frozenset(re.findall(r'<symbol id="([a-z-]+)"', sprite.read_text()))


@lru_cache(maxsize=512)
def icon(name, size="", label=""):
    """An icon of the sprite; decorative unless it has a label of its own.

    Raises `TemplateSyntaxError` for a name that is not drawn: a missing icon is a slip in a template, not data.
    """
    if name not in icon_names():
        raise TemplateSyntaxError(f"There is no icon “{name}” in static/img/icons.svg")
    meaning = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon{}" {}><use href="{}#{}"/></svg>', SIZES[size], meaning, static("img/icons.svg"), name)


def theme_icon_name(slug):
    """The icon of a theme; themes that an operator adds without drawing get the project's."""
    return f"theme-{slug}" if f"theme-{slug}" in icon_names() else "project"


@lru_cache(maxsize=2048)
def theme_badge(slug, name, url="", filled=False):
    """Icon and name of a theme in its hue; a link when there is an address."""
    classes = f"theme theme--{slug} theme-badge" + (" theme-badge--filled" if filled else "")
    drawing = icon(theme_icon_name(slug))
    if url:
        return format_html('<a class="{}" href="{}">{}{}</a>', classes, url, drawing, name)
    return format_html('<span class="{}">{}{}</span>', classes, drawing, name)


@lru_cache(maxsize=256)
def _phase(phase, label):
    steps = PHASES.get(phase, (0, label))[0]
    tiles = "<i data-on></i>" * steps + "<i></i>" * (5 - steps)
    word = format_html("<s>{}</s>", label) if phase == "stopped" else label
    return format_html('<span class="phase"><span class="phase__steps" aria-hidden="true">{}</span>{}</span>', mark_safe(tiles), word)


def phase_steps(phase, label=""):
    """Five tiles from copper to patina and the word beside them; `label` replaces the portal's own word."""
    return _phase(str(phase), str(label or PHASES.get(str(phase), (0, phase))[1]))


@lru_cache(maxsize=64)
def _state(kind, drawing, label):
    return format_html('<span class="kind kind--{} state">{}{}</span>', kind, icon(drawing), label)


def state_badge(state):
    """The state of a publishable noun, by icon, colour and word."""
    state = State(state)
    return _state(*STATES[state], str(state.label))


def language_name(code):
    """The name of a language in the reader's language, in lower case where that language writes it so."""
    name = str(get_language_info(code)["name_translated"])
    return name if get_language() == "en" else name[:1].lower() + name[1:]


def own_name(code):
    """What a language calls itself: "dansk", "svenska"."""
    return get_language_info(code)["name_local"]


@lru_cache(maxsize=256)
def _lang_badge(code, title):
    return format_html('<abbr class="lang-badge" title="{}">{}</abbr>', title, code)


def is_other_language(code):
    """Whether a text in this language needs its own `lang` beside the page's; several languages and none never do."""
    return bool(code) and code != UNSPECIFIED and code != get_language()


def lang_badge(code):
    """Badge of a text that is not in the reader's language; nothing otherwise, and nothing for several languages."""
    if not is_other_language(code):
        return SafeString("")
    return _lang_badge(code, str(IN_LANGUAGE.get(code, code)))


def lang_attribute(code):
    """` lang="da"` for an element whose text is not in the page's language, else nothing."""
    return format_html(' lang="{}"', code) if is_other_language(code) else SafeString("")


@lru_cache(maxsize=1024)
def _cover(slug, crop, size):
    return format_html('<span class="theme theme--{} cover cover--{}{}" aria-hidden="true"></span>', slug, crop, size)


def cover(slug, pk, size=""):
    """The pattern of a theme; the primary key picks the crop, so a project keeps its cover for ever."""
    return _cover(slug or "governance", int(pk or 0) % COVER_CROPS, f" cover--{size}" if size else "")


def initials(name):
    """Up to two letters for a name: the first of the first and of the last word that begin with a letter or digit."""
    words = [word for word in re.split(r"[\s/&–-]+", name) if word[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()


@lru_cache(maxsize=2048)
def avatar(name, theme="", logo=False, size=""):
    """Initials on a soft tile; `logo` for organisations, `theme` for the hue. Decorative: the name stands beside it."""
    classes = [f"theme theme--{theme}" if theme else "", "avatar", "avatar--logo" if logo else "", f"avatar--{size}" if size else ""]
    return format_html('<span class="{}" aria-hidden="true">{}</span>', " ".join(filter(None, classes)), initials(name))
