"""The only place that builds mail: text and HTML, in the reader's language, with headers nobody can write into.

A mail has three templates: `<name>_subject.txt`, `<name>.txt` and `<name>.html` below templates/emails/; the latter two extend
`emails/base.txt` and `emails/base.html`.
"""

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.translation import override

from common.text import clean_text
from common.wire import Message

SUBJECT_LENGTH = 150
#: Where a provider gives a mail a Message-ID of its own, what it gives back when it tells what became of the mail.
MARKS = {
    "postmark": ("X-PM-Metadata-delivery", "%s"),
    "mailtrap": ("X-MT-Custom-Variables", '{"delivery": "%s"}'),
    "brevo": ("X-Mailin-custom", '{"delivery": "%s"}'),
}
LINE_LENGTH = 76
_RULE = re.compile(r"([a-z0-9.,\s-]+)\{([^}]*)\}")
_TAG = re.compile(r"<(body|main|div|span|h1|h2|h3|p|a|ul|ol|li|blockquote)((?:\s[^<>]*)?)>")
_CLASS = re.compile(r'\sclass="([^"]*)"')
_GAPS = re.compile(r"\n{3,}")


@dataclass(frozen=True)
class Mail:
    """What is to be said to whom. `key` makes the Message-ID, so that a mail sent anew can be recognised.

    `why` says why it came. `stop_url` is an address that answers to one POST without a sign-in (RFC 8058); mails that were asked
    for have none. `settings_url` leads to the reader's choices.
    """

    template: str
    address: str
    language: str
    key: str
    context: dict = field(default_factory=dict)
    why: str = ""
    stop_url: str = ""
    settings_url: str = ""
    list_name: str = ""
    calendar: str = ""  # of the event it tells of, for the reader's calendar program
    #: Returns (subject, text, HTML) of a mail that is drawn in another way than from its three templates.
    draw: Callable | None = None


def build(mail):
    """The message of `mail`, ready to be sent."""
    with override(mail.language):
        subject, plain, html = (mail.draw or drawn)(mail)
    message = Message(subject, plain, settings.DEFAULT_FROM_EMAIL, [one_address(mail.address)], headers=headers(mail))
    message.attach_alternative(html, "text/html")
    if mail.calendar:
        message.attach("event.ics", mail.calendar, "text/calendar; method=PUBLISH")
    return message


def drawn(mail):
    """(subject, text, HTML) of a mail from its three templates."""
    subject = subject_line(_text(f"{mail.template}_subject.txt", mail, {}))
    plain = wrapped(_text(f"{mail.template}.txt", mail, {"subject": subject}))
    return subject, plain, styled(_render(f"{mail.template}.html", mail, {"subject": subject}, autoescape=True))


def headers(mail):
    """Headers beside subject, sender and receiver."""
    found = {
        "Message-ID": message_id(mail.key),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Content-Language": mail.language,
    }
    if settings.MAIL_EVENTS_FROM in MARKS:
        name, text = MARKS[settings.MAIL_EVENTS_FROM]
        found[name] = text % mail.key
    if mail.list_name:
        found["List-Id"] = f"<{mail.list_name.replace('_', '-')}.{domain()}>"
        found["Precedence"] = "list"
    if mail.stop_url:
        found["List-Unsubscribe"] = f"<{mail.stop_url}>"
        found["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return found


def message_id(key):
    """The same for the same delivery, however often it is tried."""
    return f"<{key}@{domain()}>"


def domain():
    """The portal's own host: what Message-ID and List-Id end with."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def absolute(path):
    """An address people can follow from a mail."""
    return path if path.startswith(("http://", "https://")) else settings.SITE_URL.rstrip("/") + path


def one_address(address):
    """An address as it stands in a header. Raises `ValueError` for what could name a second receiver or another header."""
    if not re.fullmatch(r"[^@\s,;:<>()\[\]\\\"\x00-\x1f\x7f]+@[^\s,;:<>()\[\]\\\"@\x00-\x1f\x7f]+", address):
        raise ValueError("This is not one e-mail address.")
    return address


def subject_line(text):
    """One line of bounded length, without control and direction marks."""
    line = clean_text(text.replace("\x00", ""), single_line=True)
    return line if len(line) <= SUBJECT_LENGTH else line[: SUBJECT_LENGTH - 1].rstrip() + "…"


def wrapped(text):
    """Text for people who read plain text: paragraphs of lines one can read, addresses in one piece.

    A line that begins as a quotation, as a row or below one goes on in the same way.
    """
    lines = []
    for line in clean_text(text.replace("\x00", "")).split("\n"):
        lead = re.match(r"> |\* | *(?=\S)|", line).group()
        words = textwrap.wrap(line[len(lead) :], LINE_LENGTH - len(lead), break_long_words=False, break_on_hyphens=False)
        lines += [(lead if number == 0 else lead.replace("*", " ")) + part for number, part in enumerate(words)] or [""]
    return tidy("\n".join(lines))


def tidy(text):
    """Text without gaps of more than one line."""
    return _GAPS.sub("\n\n", text).strip() + "\n"


def _text(name, mail, more):
    return _render(name, mail, more, autoescape=False)


def _render(name, mail, more, *, autoescape):
    data = {
        **mail.context,
        **more,
        "portal": settings.PORTAL,
        "site_url": settings.SITE_URL,
        "language": mail.language,
        "why": mail.why,
        "stop_url": mail.stop_url,
        "settings_url": mail.settings_url,
    }
    return get_template(f"emails/{name}").template.render(Context(data, autoescape=autoescape))


@lru_cache(maxsize=1)
def _rules():
    """`{selector: declarations}` of the mails' style sheet, which knows tags and classes only."""
    sheet = re.sub(r"/\*.*?\*/", "", get_template("emails/base.css").template.source, flags=re.S)
    found = {}
    for selectors, declarations in _RULE.findall(sheet):
        for selector in selectors.split(","):
            found[selector.strip()] = found.get(selector.strip(), "") + " ".join(declarations.split())
    return found


def styled(html):
    """HTML with the style sheet copied to its elements: many programs read no style in the head.

    What people wrote is escaped, so that every `<` is one of our own templates'. Marks that turn the direction are taken out.
    """
    rules = _rules()

    def with_style(tag):
        name, attributes = tag.groups()
        classes = _CLASS.search(attributes)
        wanted = [name, *(f".{word}" for word in (classes.group(1).split() if classes else ()))]
        style = " ".join(rules[selector] for selector in wanted if selector in rules)
        return f'<{name}{attributes} style="{style}">' if style and " style=" not in attributes else tag.group()

    return _TAG.sub(with_style, clean_text(html.replace("\x00", "")))
