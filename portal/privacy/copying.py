"""The member's copy of everything held on them: a ZIP with data.json for machines, index.html for people, and the files."""

import json
import tempfile
import zipfile
from contextlib import ExitStack
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.backends.postgresql.psycopg_any import RANGE_TYPES
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from notifications.actions import notify
from portal.models import PersonalFile
from portal.privacy.actions import COPY_DAYS
from portal.privacy.holdings import Person
from portal.privacy.inventory import HOLDINGS
from portal.privacy.words import column_label
from records.models import Attachment


def make_copy(pk, *, now=None):
    """Make the copy that was asked for, tell the member, and return whether it was done. Twice is the same as once."""
    now = now or timezone.now()
    copy = PersonalFile.objects.select_related("user").filter(pk=pk, ready_at=None).first()
    if not copy:
        return False
    with tempfile.TemporaryFile() as file, ExitStack() as undo:
        with override(copy.language or settings.LANGUAGE_CODE):
            write_copy(copy.user, file, now)
        file.seek(0)
        copy.file.save("copy", File(file), save=False)
        undo.callback(default_storage.delete, copy.file.name)
        with transaction.atomic():
            locked = PersonalFile.objects.select_for_update().filter(pk=pk, ready_at=None).first()
            if not locked or not locked.user.is_active:
                return False
            locked.file, locked.size, locked.ready_at = copy.file.name, copy.file.size, now
            locked.expires_at = now + timedelta(days=COPY_DAYS)
            locked.save()
            notify("privacy.copy_ready", locked, by=None, to=[(locked.user, "asked")], context={"title": ""})
        undo.pop_all()
    return True


def write_copy(user, file, now):
    """Write the archive into the open binary `file`, in the language that is active."""
    person = Person.of(user)
    held = [part for holding in HOLDINGS.values() if (part := Part(holding, person)).rows]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(as_data(held, user, now), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1))
        page = {"held": held, "member": user, "now": now, "portal": settings.PORTAL, "site_url": settings.SITE_URL}
        archive.writestr("index.html", render_to_string("portal/copy.html", page))
        archive.writestr("copy.css", render_to_string("portal/copy.css"))
        for part in held:
            for name, stored in part.files:
                _add_file(archive, name, stored)


def as_data(held, user, now):
    """What data.json holds: for each model its rows, columns by their names in the database."""
    rows = {part.holding.model: [dict(row) for row in part.rows] for part in held}
    return {"portal": settings.PORTAL["name"], "site": settings.SITE_URL, "made_at": now, "member": user.pk, "held": rows}


def _add_file(archive, name, stored):
    """A file that is gone from the disk is left out; the row still tells of it."""
    if default_storage.exists(stored):
        with default_storage.open(stored) as source, archive.open(f"files/{name}", "w") as target:
            for chunk in iter(lambda: source.read(65536), b""):
                target.write(chunk)


class Part:
    """The rows of one model that are about a person or that the person had a hand in."""

    def __init__(self, holding, person):
        self.holding, self.title, self.files = holding, holding.title, []
        own = self._read(holding.own_rows(person), holding.shows)
        did = self._read(holding.did_rows(person), holding.did_shows) if holding.did_shows else []
        shown = holding.target_rows(person).exclude(**holding.target_hides)
        about = self._read(shown, holding.target_shows) if holding.target_shows else []
        seen, self.rows = set(), []
        for rows, names in ((own, holding.shows), (about, holding.target_shows), (did, holding.did_shows)):
            self.rows += [self._columns(row, names) for row in rows if row.pk not in seen]
            seen |= {row.pk for row in rows}
        self._collect_files(own)

    def _read(self, rows, names):
        rows = rows.order_by("pk").distinct()
        return list(rows.prefetch_related("target") if "target" in names else rows)

    @property
    def labelled(self):
        """Rows as (label, value) in the reader's language, without what is empty."""
        return [[(column_label(name), shown(value)) for name, value in row if value not in (None, "", [], {})] for row in self.rows]

    def _columns(self, row, names):
        return [(name, _value(row, name)) for name in names]

    def _collect_files(self, own):
        kind, gives = ContentType.objects.get_for_model(self.holding.noun), self.holding.gives_files or not self.holding.stays
        hung = Attachment.objects.filter(target_type=kind, target_id__in=[row.pk for row in own]) if own and gives else ()
        self.files += [(f"{one.uuid}-{one.name}", one.file.name) for one in hung]
        for column in self.holding.files:
            self.files += [(f"{self.holding.model}-{row.pk}", getattr(row, column).name) for row in own if getattr(row, column)]


def _value(row, name):
    """A column's value: related rows by their name, several of them as a list, a period as its two ends."""
    try:
        value = getattr(row, name)
    except ObjectDoesNotExist:
        return None
    if hasattr(value, "all"):
        return [str(one) for one in value.all()]
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, RANGE_TYPES):
        return [value.lower, value.upper]
    return value.name if isinstance(value, models.fields.files.FieldFile) else value


def shown(value):
    """A value as the page shows it: moments and days as people of the active language write them, lists and mappings on one line."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    if isinstance(value, list | tuple | set):
        return ", ".join(str(shown(one)) for one in value)
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder) if isinstance(value, dict) else value
