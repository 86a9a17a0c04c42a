"""Payloads in every text that people write, found in the models: what tests/browser/test_stored_markup.py shows (TC-18)."""

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from records.actions import erasing

#: Apps whose nouns people write.
WRITTEN = ("members", "organisations", "projects", "conversations", "discussions", "records", "notifications", "taxonomy", "portal")
#: Text columns that nobody types: keys, codes, what verbs and tasks write. The same name means the same everywhere.
MACHINES = {
    "password", "email", "address", "contact_email", "slug", "language", "text_language", "answer_language", "time_zone", "terms_version",
    "token_hash", "source", "source_key", "keywords", "country", "currency", "website", "url", "content_type", "verb", "kind", "step",
    "reader", "template", "reason_code", "stop", "error", "channel", "list", "code", "term", "folded", "shown", "version",
    "document", "registration_number", "colour", "icon", "size",
}  # fmt: skip
#: Columns that hold one of the portal's own words, or a part of an address, in one model and free text in others.
OWN_WORDS = {
    ("notifications", "reason"), ("organisations", "domain.name"), ("organisations", "domainrequest.name"), ("records", "attachment.name"),
}  # fmt: skip
#: Vocabularies that administrators keep, tried by tests of their own, and rows that only tasks write.
LEFT_OUT = {
    "taxonomy.Goal", "taxonomy.Region", "taxonomy.Municipality", "taxonomy.MunicipalityBoundary", "projects.SearchWord",
    "projects.TermCount", "notifications.Delivery", "notifications.Choice", "portal.PersonalFile", "portal.Farewell",
    "organisations.FormerSlug",
}  # fmt: skip


def text_fields(model):
    """Columns of a model in which somebody's words stand."""
    found = []
    for field in model._meta.local_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not isinstance(field, models.SlugField | models.FileField)
        app = model._meta.app_label
        own_word = {(app, field.name), (app, f"{model._meta.model_name}.{field.name}")} & OWN_WORDS
        if is_text and not field.choices and not isinstance(field, ArrayField) and field.name not in MACHINES and not own_word:
            found.append(field)
    return found


def written_models():
    """Every model with such a column."""
    found = [model for app in WRITTEN for model in apps.get_app_config(app).get_models() if model._meta.label not in LEFT_OUT]
    return [model for model in found if text_fields(model)]


def mark(payloads):
    """Write the payloads into every such column of every row; each row begins with another one. Returns the columns that were written."""
    written = set()
    with erasing():  # the audit trail, too
        for model in written_models():
            for place, pk in enumerate(model._base_manager.order_by("pk").values_list("pk", flat=True)):
                turned = payloads[place % len(payloads) :] + payloads[: place % len(payloads)]
                values = {field.name: fitting(field, turned) for field in text_fields(model)}
                model._base_manager.filter(pk=pk).update(**values)
                written |= {f"{model._meta.label}.{name}" for name in values}
    return written


def columns():
    """All of them, as `mark` names them."""
    return {f"{model._meta.label}.{field.name}" for model in written_models() for field in text_fields(model)}


def fitting(field, payloads):
    """As many payloads as the column holds."""
    limit = field.max_length or 20_000
    text = "\n".join(payloads)
    return text if len(text) <= limit else " ".join(payloads)[:limit]
