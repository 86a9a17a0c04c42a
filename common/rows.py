"""Plain data into model rows: cleaned, checked and with errors by field. Used by the verbs of every noun with parts."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from common.text import clean_text


def clean_row(row, *, exclude=()):
    """Clean every text of an unsaved `row` and check its fields and its `clean()`; no query is made.

    Raises `ValidationError` with messages by field. `exclude` names fields that are not known yet, such as the parent's.
    """
    errors = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and not field.choices and field.name not in exclude:
            _clean_text_field(row, field, errors)
    relations = {field.name for field in row._meta.concrete_fields if field.is_relation}
    errors = _and_those_of(row.clean_fields, errors, exclude={*exclude, *relations, *errors})
    errors = _and_those_of(row.clean, errors)
    if errors:
        raise ValidationError(errors)
    return row


def _and_those_of(check, errors, **arguments):
    try:
        check(**arguments)
    except ValidationError as error:
        return error.update_error_dict(errors)
    return errors


def _clean_text_field(row, field, errors):
    single_line = not isinstance(field, models.TextField)
    try:
        text = clean_text(getattr(row, field.attname), single_line=single_line)
    except ValidationError as error:
        errors[field.name] = error.error_list
        return
    setattr(row, field.attname, text)
    # Django leaves the length of a text column to forms; a verb has none.
    if field.max_length and not single_line and len(text) > field.max_length:
        message = _("Keep this below %(limit)d characters; it has %(length)d.") % {"limit": field.max_length, "length": len(text)}
        errors[field.name] = ValidationError(message, code="max_length").error_list


def clean_rows(model, rows, **parent):
    """Unsaved, cleaned rows of `model` from mappings of field names, in their order; `position` counts them where there is one.

    Raises `ValidationError` that names the row, and `TypeError` for a name that is not a field.
    """
    ordered = any(field.name == "position" for field in model._meta.concrete_fields)
    made = []
    for number, values in enumerate(rows):
        row = model(**parent, **({"position": number} if ordered else {}), **values)
        try:
            made.append(clean_row(row, exclude=parent))
        except ValidationError as error:
            raise ValidationError([_named(model, number, message) for message in error.messages]) from error
    return made


def _named(model, number, message):
    return _("%(noun)s %(number)d: %(message)s") % {
        "noun": str(model._meta.verbose_name).capitalize(), "number": number + 1, "message": message,
    }  # fmt: skip
