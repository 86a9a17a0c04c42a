"""Demo life of organisations: what people tell about themselves, a domain to try, and what waits for the demo sign-ins."""

from django.utils.translation import override

from members.models import Profile
from organisations.actions import add_domain, ask_for_domain, ask_to_join, invite, propose
from organisations.models import DomainRequest, Invitation, JoinRequest, Organisation
from organisations.people.actions import save_profile
from portal.demo.content import read, tidy
from taxonomy.models import Municipality, Theme


def seed_life(organisations, members, tally, *, now):
    """Make what is missing; what somebody has answered meanwhile stays answered."""
    _seed_profiles(organisations, members, tally)
    life = read("life.toml")
    add_domain(organisations[life["domain"]["of"]], life["domain"]["organisation"], by=None)
    _seed_request(organisations, members, life["request"], tally)
    for row in life["invitation"]:
        _seed_invitation(organisations, members, row, tally, now)
    _seed_domain_request(organisations, members, life["domain_request"], tally)
    _seed_proposal(members, life["proposal"], tally)


def _seed_profiles(organisations, members, tally):
    themes = {theme.slug: theme for theme in Theme.objects.order_by("position")}
    present = set(Profile.objects.filter(user__in=members.values()).values_list("user", flat=True))
    told = read("profiles.toml")
    for key, _name, _email, language, organisation, _role, headline in read("members.toml")["member"]:
        user, more = members[key], told[key]
        tally.note("profiles", made=user.pk not in present)
        if user.pk not in present:
            place = organisations[organisation].municipality if organisation else None
            save_profile(
                user, headline=tidy(headline, language), about=tidy(more["about"], language), text_language=language,
                languages=more["languages"], tags=more["tags"], themes=[themes[slug] for slug in more["themes"]],
                municipalities=[place] if place else [], organisation=organisations.get(organisation),
                **_shown_to(more["listed"]),
            )  # fmt: skip


def _shown_to(audience):
    parts = ("listed_to", "about_to", "photo_to", "organisations_to", "interests_to", "languages_to")
    return dict.fromkeys(parts, audience)


def _seed_request(organisations, members, row, tally):
    organisation, user = organisations[row["of"]], members[row["by"]]
    known = JoinRequest.objects.filter(organisation=organisation, user=user).exists()
    tally.note("requests", made=not known)
    if not known:
        ask_to_join(organisation, by=user, note=row["note"])


def _seed_invitation(organisations, members, row, tally, now):
    organisation = organisations[row["of"]]
    known = Invitation.objects.filter(organisation=organisation, email=row["email"]).exists()
    tally.note("invitations", made=not known)
    if not known:
        invite(organisation, row["email"], by=members[row["by"]], role=row["role"], language=row["language"], now=now)


def _seed_domain_request(organisations, members, row, tally):
    organisation = organisations[row["of"]]
    known = DomainRequest.objects.filter(organisation=organisation, name=row["name"]).exists()
    tally.note("requests", made=not known)
    if not known:
        ask_for_domain(organisation, row["name"], by=members[row["by"]], note=row["note"])


def _seed_proposal(members, row, tally):
    """Known under its name or, after a moderator merged it, under the name it had."""
    name = row["name"]
    known = Organisation.objects.filter(name=name).exists() or Organisation.objects.filter(former_slugs__name=name).exists()
    tally.note("proposals", made=not known)
    if known:
        return
    place = Municipality.objects.get(country=row["country"], code=row["municipality"])
    text = {"language": row["language"], "description": row["description"], "is_original": True}
    with override(row["language"]):
        propose(by=members[row["by"]], name=name, type=row["type"], country=row["country"], municipality=place, texts=[text], is_demo=True)


def domain_to_try():
    """A line for the terminal: which address is recognised; "" where there is no demo."""
    life = read("life.toml")
    found = Organisation.objects.filter(domains__name=life["domain"]["organisation"]).first()
    if not found:
        return ""
    domain = life["domain"]["organisation"]
    return f"Sign up with any address in {domain}, such as anna@{domain}: it is recognised as {found.name}'s."
