"""What the digest is compared with: a loop that asks and draws for one reader after the other, as one writes it first.

Plain Django with the same nouns and the same mail: a few queries for each reader, one template, one message. It keeps no ledger, leaves
out neither what was read nor what was mailed, and asks nobody's rights beyond what is public or for members.
"""

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Count, F, Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from common.mail import absolute
from common.publishing import Visibility
from conversations.models import Thread
from digests.models import Subscription
from digests.tokens import stop_url
from events.models import Event
from livinglabs.models import LivingLab, Offer
from projects.models import Project
from workinggroups.models import WorkingGroup

#: Heading, model, and where of it what can be followed stands.
NOUNS = (
    ("Projects", Project, {"theme": "themes", "municipality": "sites__municipality", "organisation": "organisation"}),
    ("Labs", LivingLab, {"theme": "themes", "municipality": "sites__municipality", "organisation": "organisation"}),
    ("Offers", Offer, {"theme": "themes", "municipality": "lab__sites__municipality", "livinglab": "lab"}),
    ("Events", Event, {"theme": "themes", "organisation": "organisation", "workinggroup": "group"}),
    ("Groups", WorkingGroup, {"theme": "themes", "organisation": "organisation"}),
)
SHOWN = 5


def send(most):
    """Mail so many readers, over one connection; returns how many."""
    connection, done = get_connection(), 0
    connection.open()
    for subscription in Subscription.objects.on().select_related("user").order_by("pk")[:most]:
        connection.send_messages([message_of(subscription)])
        done += 1
    connection.close()
    return done


def message_of(subscription):
    user, since = subscription.user, subscription.started_at
    language = user.language or "en"
    with override(language):
        follows = list(user.follows.select_related("target_type"))
        sections = [discussions(user, since, language)]
        sections += [section for noun in NOUNS if (section := news(*noun, follows, since, language))]
        stop = stop_url(user.pk)
        context = {
            "sections": sections, "title": "New for you", "subject": "New for you", "language": language, "stop_url": stop,
            "settings_url": absolute(reverse("digests:settings")), "desk_url": absolute(reverse("portal:desk")), "desk": "Desk",
            "settings_label": "Settings", "stop_label": "Stop", "browser_label": "Browser", "browser_url": "", "why": "", "matter": "",
        }  # fmt: skip
        message = EmailMultiAlternatives("New for you", render_to_string("plain_digest.txt", context), None, [user.email],
                                         headers={"List-Unsubscribe": f"<{stop}>"})  # fmt: skip
        message.attach_alternative(render_to_string("plain_digest.html", context), "text/html")
    return message


def news(label, model, paths, follows, since, language):
    """One query for the rows, and one for their texts."""
    wanted = Q(pk__in=())
    for follow in follows:
        if path := paths.get(follow.target_type.model):
            wanted |= Q(**{path: follow.target_id})
    rows = model.objects.listed().filter(wanted, published_at__gte=since).distinct().order_by("-published_at")
    if hasattr(model, "visibility"):
        rows = rows.filter(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS))
    found = list(rows.prefetch_related("texts")[: SHOWN * 20])
    return {"label": label, "rows": [row(noun, language) for noun in found[:SHOWN]], "more": f"+ {len(found) - SHOWN}"} if found else None


def row(noun, language):
    text = next((one for one in noun.texts.all() if one.language == language), None) or noun.texts.all()[0]
    title, summary = getattr(text, "title", None) or text.name, getattr(text, "summary", "")
    return drawn(title, summary, absolute(noun.get_absolute_url()), text.language)


def discussions(user, since, language):
    groups = user.group_memberships.exclude(news="mute").values("group")
    kind = Q(target_type__model="workinggroup", target_id__in=groups)
    threads = Thread.objects.filter(kind, last_post_at__gte=since).annotate(number=Count("posts"), at=Max("posts__created_at"))
    found, url = threads.order_by(F("at").desc())[:8], absolute(f"/{language}/")
    return {"label": "Discussions", "rows": [drawn(one.title, f"{one.number} posts", url, one.language) for one in found]}


def drawn(title, text, url, language):
    context = {"title": title, "text": text, "url": url, "lang": language, "why": "", "note": ""}
    return {name: render_to_string(f"plain_digest_row.{kind}", context) for name, kind in (("html", "html"), ("text", "txt"))}
