"""Many rows at once with PostgreSQL's COPY, which is several times faster than inserts."""

import io
from datetime import datetime

from django.db import connection, models
from django.utils import timezone

_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def new_keys(model, number):
    """`number` fresh primary keys of a model, reserved in its sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [connection.ops.quote_name(model._meta.db_table), model._meta.pk.column, number],
        )
        return [key for (key,) in cursor.fetchall()]


def copy_rows(model, names, rows):
    """Insert tuples `rows` of the fields `names` (attribute names); every other field gets the model's default.

    No `save()`, no checks: the caller knows that the rows are right. Returns how many there were.
    """
    fixed = _defaults(model, names)
    columns = [model._meta.get_field(name).column for name in (*names, *fixed)]
    ending = "".join(f"\t{_text(value)}" for value in fixed.values()) + "\n"
    lines = ["\t".join([_text(value) for value in row]) + ending for row in rows]
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({quoted}) FROM STDIN", io.StringIO("".join(lines)))
    return len(lines)


def _defaults(model, names):
    """`{attribute: value}` of the fields that are not given; the key and generated columns are the database's."""
    blank, now = model(), timezone.now()
    skipped = {*names, model._meta.pk.attname}
    fields = [field for field in model._meta.concrete_fields if field.attname not in skipped and not field.generated]
    return {
        field.attname: now if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False) else getattr(blank, field.attname)
        for field in fields
        if not isinstance(getattr(blank, field.attname), models.expressions.DatabaseDefault)
    }


def _text(value):
    """A value as COPY reads it."""
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        quoted = ('"{}"'.format(item.replace("\\", "\\\\").replace('"', '\\"')) for item in value)
        return "{" + ",".join(quoted).translate(_ESCAPES) + "}"
    return str(value).translate(_ESCAPES)
