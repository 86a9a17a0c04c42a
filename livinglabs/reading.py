"""What a lab's page shows beside its own row and its offers, in one query: a page of many small relations costs one question, not eight.

The rows come back as unsaved instances, so that templates use their names, labels and addresses.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from livinglabs.models import Element, Equipment, Infrastructure, LabPartner, LabSite, LivingLab
from organisations.models import Organisation
from records.models import Attachment, AttachmentKind
from taxonomy.models import Municipality, Tag, TaggedNoun, Theme

_FILE = ("uuid", "kind", "name", "content_type", "size", "width", "height", "title", "alt", "language")
_PLACE = ("id", "slug", "name", "names", "country", "latitude", "longitude")


@dataclass(frozen=True)
class Parts:
    """The relations of one lab, each in its order."""

    themes: list
    tags: list
    sites: list
    equipment: list
    elements: list
    partners: list
    files: list


def read_parts(lab):
    """The `Parts` of a saved lab; one query."""
    noun = ContentType.objects.get_for_model(LivingLab)
    rows = {
        "themes": _rows(Theme.objects.filter(living_labs=OuterRef("pk")).order_by("position", "slug"), "slug", "names"),
        "tags": _rows(Tag.objects.filter(pk__in=_tagged(noun)).order_by("name"), "name", "slug"),
        "sites": _rows(
            LabSite.objects.filter(lab=OuterRef("pk")), "label", "latitude", "longitude", place=_related("municipality", _PLACE)
        ),
        "equipment": _rows(Equipment.objects.filter(lab=OuterRef("pk")), "note", one=_related("infrastructure", ("slug", "names"))),
        "elements": _rows(Element.objects.filter(lab=OuterRef("pk")).order_by("pk"), "kind", "level", "evidence"),
        "partners": _rows(
            LabPartner.objects.filter(lab=OuterRef("pk")), "name", "role", "state",
            of=_related("organisation", ("id", "name", "slug", "type", "verified_at")),
        ),
        "files": _rows(
            Attachment.objects.filter(target_type=noun, target_id=OuterRef("pk")).exclude(kind=AttachmentKind.LOGO), *_FILE
        ),
    }  # fmt: skip
    asked = LivingLab._base_manager.filter(pk=lab.pk).values(**{f"read_{name}": one for name, one in rows.items()}).get()
    found = {name: asked[f"read_{name}"] for name in rows}
    return Parts(
        themes=[Theme(**row) for row in found["themes"]], tags=[Tag(**row) for row in found["tags"]],
        sites=[_with(LabSite, row, "place", "municipality", Municipality) for row in found["sites"]],
        equipment=[_with(Equipment, row, "one", "infrastructure", Infrastructure) for row in found["equipment"]],
        elements=[Element(**row) for row in found["elements"]],
        partners=[_with(LabPartner, row, "of", "organisation", Organisation) for row in found["partners"]],
        files=[Attachment(**row) for row in found["files"]],
    )  # fmt: skip


def with_first_theme(offers):
    """Offers with `first_theme`, the columns of the theme whose colour a card wears, or None."""
    themes = Theme.objects.filter(offers=OuterRef("pk")).order_by("position", "slug")
    return offers.annotate(first_theme=Subquery(themes.values_list(JSONObject(slug=F("slug"), names=F("names")))[:1]))


def _tagged(noun):
    return TaggedNoun.objects.filter(content_type=noun, object_id=OuterRef(OuterRef("pk"))).values("tag")


def _rows(queryset, *names, **more):
    """The rows as a list of mappings."""
    return ArraySubquery(queryset.values_list(JSONObject(**{name: F(name) for name in names}, **more)))


def _related(path, names):
    return JSONObject(**{name: F(f"{path}__{name}") for name in names})


def _with(model, row, key, field, related):
    """An instance with the one it points to; None where it points to nothing."""
    other = row.pop(key)
    if other.get("id") is None and other.get("slug") is None:
        return model(**row, **{field: None})
    if other.get("verified_at"):
        other["verified_at"] = parse_datetime(other["verified_at"])
    return model(**row, **{field: related(**other)})
