"""Every model and every column is declared: what it holds about people, and what becomes of that (TC-27)."""

from django.apps import apps
from django.conf import settings
from django.db import models

from portal.privacy.inventory import HOLDINGS, NOTHING
from portal.privacy.words import LABELS

MODELS = {model._meta.label: model for model in apps.get_models() if not model._meta.proxy}
PERSONAL = (models.EmailField, models.GenericIPAddressField)


def own_fields(model):
    """Names of the columns and many-to-many relations of a model's own table."""
    names = set()
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        is_parent_link = field.remote_field is not None and getattr(field.remote_field, "parent_link", False)
        if not field.primary_key and not is_parent_link:
            names.add(field.name)
    return names


def people_in(model):
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return {field.name for field in own if field.related_model is user_model()}


def user_model():
    return apps.get_model(settings.AUTH_USER_MODEL)


def test_every_model_is_declared_once():
    assert sorted(set(MODELS) - set(HOLDINGS) - set(NOTHING)) == []
    assert sorted(set(HOLDINGS) & set(NOTHING)) == []
    assert sorted({*HOLDINGS, *NOTHING} - set(MODELS)) == []


def test_every_column_of_a_holding_is_accounted_for():
    missing = {label: sorted(own_fields(MODELS[label]) - holding.columns) for label, holding in HOLDINGS.items()}
    assert {label: names for label, names in missing.items() if names} == {}


def test_no_column_is_declared_that_is_not_there():
    def roots(holding):
        return {name.partition("__")[0] for name in holding.columns} - {"pk", "target", "tags"}

    known = {label: {field.name for field in MODELS[label]._meta.get_fields()} for label in HOLDINGS}
    wrong = {label: sorted(roots(holding) - known[label]) for label, holding in HOLDINGS.items()}
    assert {label: names for label, names in wrong.items() if names} == {}


def test_every_relation_to_a_member_is_declared():
    missing = {}
    for label, model in MODELS.items():
        holding = HOLDINGS.get(label)
        declared = {*holding.about, *holding.did} if holding else set()
        if undeclared := people_in(model) - declared:
            missing[label] = sorted(undeclared)
    assert missing == {}


def test_every_address_is_declared():
    personal = {label: {f.name for f in model._meta.local_fields if isinstance(f, PERSONAL)} for label, model in MODELS.items()}
    undeclared = {label: names for label, names in personal.items() if names and label not in HOLDINGS}
    assert undeclared == {"editorial.PortalSettings": {"contact_email"}}  # the operator's own, not a member's


def test_what_stays_has_its_personal_columns_written_over():
    """A row that is kept may keep what the person did, but no address."""
    kept = {label: holding for label, holding in HOLDINGS.items() if holding.stays and label != "members.User"}
    left = {label: [name for name in holding.addresses if name not in holding.blank] for label, holding in kept.items()}
    assert {label: names for label, names in left.items() if names} == {}


def test_every_column_of_a_copy_has_a_label():
    shown = {name for holding in HOLDINGS.values() for name in (*holding.shows, *holding.did_shows, *holding.target_shows)}
    assert (sorted(shown - set(LABELS)), sorted(set(LABELS) - shown)) == ([], [])


def test_secrets_are_in_no_copy():
    shown = {name for holding in HOLDINGS.values() for name in (*holding.shows, *holding.did_shows)}
    assert shown & {"password", "token_hash", "session_key", "key", "token", "context"} == {"context"}  # of notices, which hold no links
