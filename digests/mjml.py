"""The digest's templates are written in MJML and compiled when they change, never for a mail: `manage.py compile_mails`.

MJML makes tables that mail programs of every age draw alike; its compiler (mjml-python) is needed by developers only. What is
compiled lies in templates/emails/ beside its source, and a test says when it is older.
"""

import re
from pathlib import Path

from django.conf import settings

from common.mail import styled

FOLDER = Path(settings.BASE_DIR) / "templates" / "emails"
SOURCE = FOLDER / "digest.mjml"
NOTE = "{# Compiled from digest.mjml by manage.py compile_mails: change it there. #}"
#: What is drawn more than once in a mail stands in the source as [[name]] … [[/name]]; a row stands within its section.
PIECES = ("row", "mute", "section")


def compiled():
    """`{file: text}` of what the source makes: the mail, and the pieces of it that are drawn once for many readers.

    Raises `ImportError` without mjml-python, `ValueError` for what is no MJML.
    """
    from mjml import mjml2html

    markup = styled(mjml2html(SOURCE.read_text()))
    markup = markup.replace(' aria-roledescription="email"', "").replace('role="article"', 'role="main"')  # as the other mails
    found = {}
    for name in PIECES:
        (found[f"_digest_{name}.html"],) = re.findall(rf"\[\[{name}\]\](.*?)\[\[/{name}\]\]", markup, re.S)
        markup = markup.replace(f"[[{name}]]{found[f'_digest_{name}.html']}[[/{name}]]", "")
    row = found["_digest_row.html"]
    found["_digest_row.html"] = re.sub(r"(border-left: \S+ \S+) #\w+", r"\1 {{ colour }}", row)  # the bar is in the colour of its section
    return {FOLDER / name: f"{NOTE}{text}\n" for name, text in {"digest.html": markup, **found}.items()}
