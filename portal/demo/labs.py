"""Demo living labs and what they offer, brought in by the verbs of a lab, each at the time it would have happened."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import override

from livinglabs import actions
from livinglabs.enums import ElementKind, PriceModel
from livinglabs.models import Infrastructure, LivingLab
from notifications.models import OutboxEntry
from organisations.enums import Role
from portal.demo.content import read, tidy
from taxonomy.models import Municipality, Theme

PREFIX = "demo:"
LAB_TEXTS = ("name", "summary", "special", "story", "legal", "ethics")
#: The title of an offer stands as its name, as that of a lab does.
KNOWN_AS = {"title": "name"}
OFFER_TEXTS = ("title", "summary", "description", "permits", "data_rights", "insurance")


def seed_labs(organisations, members, projects, tally, *, now):
    """Make what is missing; a second call changes nothing, whatever day it is. Returns `{key: LivingLab}`."""
    known = {
        "organisations": organisations, "members": members, "projects": projects,
        "themes": {one.slug: one for one in Theme.objects.all()},
        "places": {place.code.lstrip("0"): place for place in Municipality.objects.order_by("in_portal")},
        "infrastructure": {one.slug: one for one in Infrastructure.objects.all()},
    }  # fmt: skip
    found = {lab.source_key.removeprefix(PREFIX): lab for lab in LivingLab.objects.filter(source_key__startswith=PREFIX)}
    for row in read("labs.toml")["lab"]:
        missing = row["key"] not in found
        tally.note("labs", made=missing)
        if missing:
            with transaction.atomic(), override(row["original"]):
                found[row["key"]] = _make(row, known, now)
    return found


def _make(row, known, now):
    last = OutboxEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    by, then = known["members"][row["by"]], now - timedelta(days=row["days"])
    lab = actions.create_lab(
        known["organisations"][row["of"]], by=by, now=then, texts=_texts(row, LAB_TEXTS), tags=row["tags"], is_demo=True,
        themes=[known["themes"][slug] for slug in row["themes"]], source_key=PREFIX + row["key"],
        projects=[known["projects"][key] for key in row["projects"] if key in known["projects"]], sites=_sites(row, known),
        partners=[{"organisation": known["organisations"][key]} for key in row["partners"]],
        team=[{"user": known["members"][key], "task": task, "answers": True} for key, task in row["team"]],
        elements=[{"kind": ElementKind(kind), "level": level, "evidence": tidy(words, row["original"])}
                  for kind, (level, words) in row["elements"].items()],
        equipment=[{"infrastructure": known["infrastructure"][slug]} for slug in row["infrastructure"]],
        answer_days=row.get("answer_days", 10), languages=list(row["text"]), since=then.year,
    )  # fmt: skip
    actions.publish(lab, by=by, now=then)
    _confirm_partners(lab)
    for offer in row.get("offer", ()):
        _offer(lab, offer, row["original"], by=by, now=now)
    # What lies in the past was told then: nobody's bell rings for it now.
    OutboxEntry.objects.filter(pk__gt=last, fanned_out_at=None).update(fanned_out_at=now)
    return lab


def _confirm_partners(lab):
    """Every partner that has somebody to say so has confirmed; the others are still asked."""
    for partner in lab.partners.filter(organisation__isnull=False).select_related("organisation"):
        member = partner.organisation.memberships.filter(role__in=(Role.OWNER, Role.EDITOR)).select_related("user").first()
        if member:
            actions.confirm_partner(lab, partner.organisation, by=member.user)


def _offer(lab, row, original, *, by, now):
    then, (shortest, longest) = now - timedelta(days=row["days"]), row.get("weeks", (None, None))
    first, last = row.get("trl", (None, None))
    price = dict(zip(("price", "currency", "price_unit"), row["price"], strict=True)) if "price" in row else {}
    model = PriceModel.FIXED if price else PriceModel.AGREEMENT if row.get("price_by_agreement") else PriceModel.FREE
    offer = actions.create_offer(
        lab, by=by, now=then, texts=_texts(row | {"original": original}, OFFER_TEXTS), is_demo=True, kind=row["kind"], trl_from=first,
        trl_to=last, shortest_days=shortest and shortest * 7, longest_days=longest and longest * 7, price_model=model,
        capacity=row["capacity"], lead_days=row["lead"], open_to=row.get("open_to", []), most_people=row.get("people"), **price,
    )  # fmt: skip
    return actions.publish_offer(offer, by=by, now=then)


def _texts(row, names):
    languages = sorted(row["text"], key=lambda language: language != row["original"])
    return [
        {"language": language, "is_original": language == row["original"]}
        | {name: tidy(row["text"][language].get(KNOWN_AS.get(name, name), ""), language) for name in names}
        for language in languages
    ]


def _sites(row, known):
    return [
        {"label": label, "municipality": known["places"][code], "latitude": latitude, "longitude": longitude}
        for label, code, latitude, longitude in row["sites"]
    ]
