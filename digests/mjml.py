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
ROW = re.compile(r"\[\[row\]\](.*?)\[\[/row\]\]", re.S)


def compiled():
    """`{file: text}` of what the source makes: the mail, and one of its rows, which is drawn once for many readers.

    Raises `ImportError` without mjml-python, `ValueError` for what is no MJML.
    """
    from mjml import mjml2html

    markup = styled(mjml2html(SOURCE.read_text()))
    (row,) = ROW.findall(markup)
    row = re.sub(r"(border-left: \S+ \S+) #\w+", r"\1 {{ colour }}", row)  # the bar is in the colour of its section
    return {
        FOLDER / "digest.html": f"{NOTE}{ROW.sub('', markup)}\n",
        FOLDER / "_digest_row.html": f"{NOTE}{row}\n",
    }
