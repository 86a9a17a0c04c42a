"""Members' texts: Markdown in, sanitised HTML out. The only renderer and the only sanitiser of the portal."""

import re
from functools import cache, lru_cache

import nh3
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

TAGS = frozenset(
    ["p", "br", "strong", "em", "s", "ul", "ol", "li", "h3", "h4", "h5", "h6", "blockquote", "code", "pre", "a", "hr"]
    + ["table", "thead", "tbody", "tr", "th", "td"]
)
TOP_HEADING = 3  # the page owns h1 and h2
LOWEST_HEADING = 6
SHORT = 4_000  # characters of a text whose HTML is remembered
# Markers that search asks PostgreSQL to put around hits: control characters no stored text can hold (common.text).
HIT_START, HIT_END = "\x02", "\x03"
_EMPTY_LINKS = re.compile(r"<a[^>]*></a>")
#: A name somebody is called by in a text: @[Anna Berg]. Names hold no brackets and no new lines.
CALLED = re.compile(r"(?<!\w)@\[([^\[\]\n]{1,200})\]")


@cache
def _markdown():
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True}).enable(["table", "strikethrough"])
    return parser.disable("image")


@cache
def _cleaner():
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="nofollow ugc noopener",
        strip_comments=True,
    )


def _fit_headings(tokens):
    """Headings begin below the page's own and leave no level out, whichever level their author began with."""
    above, tag = [], ""
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            above = [*(one for one in above if one < level), level]
            tag = f"h{min(TOP_HEADING + len(above) - 1, LOWEST_HEADING)}"
        if token.type in ("heading_open", "heading_close"):
            token.tag = tag
    return tokens


def sanitise(html):
    """HTML from anywhere → HTML of the few elements a member's text may have. Links carry rel=nofollow ugc noopener."""
    return mark_safe(_EMPTY_LINKS.sub("", _cleaner().clean(html)))


def render_story(text, called=None):
    """A member's Markdown → safe HTML. Headings begin at h3; no pictures; HTML in the text is shown as text.

    `called` gives the safe markup that stands for `@[name]`, outside of links and code.
    """
    text = str(text or "")
    if len(text) > SHORT or (called and "@[" in text):
        return _rendered(text, called)
    return _remembered(text)


@lru_cache(maxsize=1024)
def _remembered(text):
    """Short texts are read by many: a discussion of thirty posts is not parsed anew for each of its readers."""
    return _rendered(text, None)


def _rendered(text, called):
    parser = _markdown()
    tokens = _fit_headings(parser.parse(text))
    drawn = _take_out_names(tokens, called) if called else []
    html = sanitise(parser.renderer.render(tokens, parser.options, {}))
    return mark_safe(_PLACES.sub(lambda place: drawn[int(place[1])], html)) if drawn else html


#: Where a name stood while the text went through the sanitiser: between characters that no stored text can hold.
_PLACES = re.compile(f"{HIT_START}([0-9]+){HIT_END}")


def _take_out_names(tokens, called):
    """Put a numbered place where a name is called, and return what is to stand there; what `called` says stands as it is, escaped."""
    drawn = []

    def place(found):
        drawn.append(conditional_escape(called(found[1])))
        return f"{HIT_START}{len(drawn) - 1}{HIT_END}"

    for token in tokens:
        depth = 0
        for child in token.children or ():
            depth += child.nesting if child.type in ("link_open", "link_close") else 0
            if child.type == "text":
                child.content = child.content.replace(HIT_START, "").replace(HIT_END, "")
                if not depth:
                    child.content = CALLED.sub(place, child.content)
    return drawn


def highlight(headline):
    """A search headline with `HIT_START`/`HIT_END` around the hits → escaped text with `<mark>`; ends are balanced."""
    parts = escape(str(headline or "")).split(HIT_START)
    marked = parts[0].replace(HIT_END, "")
    for part in parts[1:]:
        hit, ended, rest = part.partition(HIT_END)
        marked += f"<mark>{hit}</mark>{rest.replace(HIT_END, '')}" if ended else hit
    return mark_safe(marked)
