"""The inventory: every model of every installed app, with what it holds about people and what becomes of that.

A model or a column that is not declared fails a test (tests/portal/privacy/test_inventory.py). Models without anything about people
stand in `NOTHING`, with the reason.
"""

from django.utils.translation import gettext_lazy as _

from livinglabs.models import LivingLab
from notifications.actions import reader_of
from notifications.models import Delivery, MailEvent, Suppression
from organisations.models import Membership
from portal.privacy.bookings import BOOKINGS, forget_visits
from portal.privacy.discussions import DISCUSSIONS, forget_names
from portal.privacy.foreign import FOREIGN, NOTHING_FOREIGN
from portal.privacy.groups import GROUPS, NOTHING_OF_GROUPS
from portal.privacy.holdings import Holding
from portal.privacy.labs import LABS, NOTHING_OF_LABS
from portal.privacy.meetings import MEETINGS, NOTHING_OF_MEETINGS
from portal.privacy.reports import NOTHING_OF_REPORTS, REPORTS
from portal.privacy.testing import TESTS
from projects.models import Project
from records.trail import INTERNAL
from workinggroups.actions import forget_member

TARGET = ("target_type", "target_id")

OWN = (
    Holding(
        "members.User", _("Your account"), about=("id",),  # the erasure writes over the row itself
        shows=("email", "name", "language", "time_zone", "date_joined", "last_login", "is_active", "is_staff", "is_superuser", "is_demo",
               "suspended_at", "terms_version", "groups", "user_permissions"),
        keys=("password",), stays=True,
    ),
    Holding("members.Consent", _("Terms you accepted"), about=("user",), shows=("document", "version", "at")),
    Holding("members.Photo", _("Your photo"), about=("profile__user",), shows=("profile",)),
    Holding(
        "members.Profile", _("Your profile"), about=("user",),
        shows=("slug", "former_slugs", "headline", "about", "text_language", "languages", "themes", "municipalities", "tags", "listed_to",
               "about_to", "photo_to", "organisations_to", "interests_to", "languages_to", "email_to", "created_at", "updated_at"),
        keys=("keywords", "vector"),
    ),
    Holding("organisations.Membership", _("Your organisations"), about=("user",), shows=("organisation", "role", "is_main", "created_at")),
    Holding(
        "organisations.JoinRequest", _("Requests to join"), about=("user",), did=("answered_by",),
        shows=("organisation", "note", "answer", "state", "answered_at", "created_at"), did_shows=("organisation", "state", "answered_at"),
    ),
    Holding(
        "organisations.Invitation", _("Invitations"), addresses=("email",), did=("invited_by", "answered_by"),
        shows=("organisation", "email", "role", "language", "state", "times_sent", "sent_at", "expires_at", "answered_at", "created_at"),
        did_shows=("organisation", "role", "state", "created_at"), keys=("token_hash",),
    ),
    Holding(
        "organisations.DomainRequest", _("Mail domains you asked for"), did=("by", "answered_by"),
        did_shows=("organisation", "name", "note", "answer", "state", "answered_at", "created_at"), scrub=("note", "answer"),
    ),
    Holding(
        "organisations.Organisation", _("Organisations you verified"), did=("verified_by",), did_shows=("name", "verified_at"),
        keys=("slug", "type", "country", "municipality", "parent", "registration_number", "website", "is_demo", "source", "source_key",
              "created_at", "updated_at", "declined_at", "revision"),
        scrub=("declined_reason",),
    ),
    Holding(
        "projects.Project", _("Projects you made or are the contact of"), addresses=("contact_email",), did=("created_by",),
        shows=("slug", "contact_name", "contact_email"), did_shows=("slug", "organisation", "state", "created_at", "updated_at"),
        keys=("visibility", "state_reason", "state_changed_at", "submitted_at", "published_at", "kind", "phase", "stopped_reason",
              "start_date", "end_date", "budget", "currency", "programme", "themes", "goals", "tags", "is_demo", "source", "source_key",
              "facet_terms", "index_stale", "revision"),
        stays=True, blank={"contact_name": "", "contact_email": ""}, scrub=("state_reason",),
    ),
    Holding("projects.KeptForm", _("What you typed and did not save"), about=("by",), shows=("project", "step", "fields", "at")),
    Holding(
        "conversations.Question", _("Questions"), about=("asked_by",), addresses=("email",), did=("decided_by", "answered_by"),
        shows=("name", "email", "text", "language", "state", "created_at", "answer", "answered_at", "reason"),
        did_shows=("text", "state", "decided_at", "answer", "answer_language", "answered_at"),
        keys=(*TARGET, "token_hash", "waiting_since"), stays=True, blank={"name": "", "email": "", "token_hash": ""},
        scrub=("text", "answer", "reason"),
    ),
    Holding(
        "events.Event", _("Events you made"), did=("created_by", "minute_taker"),
        did_shows=("slug", "organisation", "group", "state", "starts_at", "created_at"),
        keys=("uid", "kind", "state_reason", "state_changed_at", "visibility", "time_zone", "ends_at", "municipality", "place",
              "directions", "latitude", "longitude", "online_url", "takes_registrations", "capacity", "register_until", "themes",
              "projects", "tags",
              "sequence", "revision", "is_demo", "index_stale", "published_at", "updated_at"),
        scrub=("state_reason",),
    ),
    Holding(
        "events.Registration", _("Events you registered for"), about=("user",),
        shows=("event", "state", "way", "answers", "registered_at", "changed_at", "attended"), keys=("takes_seat", "number", "reminded_at"),
    ),
    Holding("events.CalendarKey", _("The address of your calendar"), about=("user",), shows=("created_at",), keys=("nonce",)),
    Holding(
        "records.AuditEntry", _("What you did"), did=("by",), did_shows=("verb", "target", "at", "note"),
        keys=TARGET, scrub=("note", "changes"), target_shows=("verb", "at", "note"), target_blank={"note": "", "changes": {}},
        target_hides={"verb__in": INTERNAL},  # whoever reports is not to be found out
    ),
    Holding(
        "records.Attachment", _("Files you added"), did=("uploaded_by",),
        did_shows=("name", "target", "kind", "content_type", "size", "title", "alt", "language", "created_at"),
        keys=(*TARGET, "uuid", "file", "width", "height", "position"), scrub=("title", "alt"),
    ),
    Holding(
        "records.Version", _("Versions you saved"), did=("by",), did_shows=("target", "number", "at", "note", "is_automatic", "content"),
        keys=TARGET, scrub=("content", "note"),
    ),
    Holding("records.EditNotice", _("What you have open"), about=("by",), shows=("target", "at"), keys=TARGET),
    Holding(
        "records.Report", _("Reports"), about=("by",), did=("closed_by",), shows=("target", "reason", "text", "outcome", "note",
        "created_at"),
        did_shows=("target", "outcome", "closed_at"), keys=TARGET, stays=True, scrub=("text", "note"),
        target_blank={"text": "", "note": ""},  # not in the copy: whoever reports is not to be found out
    ),
    Holding(
        "records.Assignment", _("What you took on"),
        about=("moderator",), did=("by",), shows=("target", "at"), did_shows=("target", "at"),
            keys=TARGET),
    Holding("notifications.Follow", _("What you follow"), about=("user",), shows=("target", "created_at"), keys=TARGET),
    Holding("notifications.Notification", _("What you were told"), about=("user",), shows=("entry", "reason", "followed", "read_at"),
            keys=("is_shown",)),
    Holding("notifications.Choice", _("Which notices you want"), about=("user",), shows=("kind", "channel", "is_on", "chosen_at")),
    Holding("notifications.QuietHours", _("Your quiet hours"), about=("user",), shows=("starts", "ends", "weekend", "chosen_at")),
    Holding(
        "notifications.Delivery", _("Mails to you"), about=("user",), addresses=("address",),
        shows=("list", "template", "address", "language", "state", "reason", "planned_at", "finished_at", "attempts"),
        keys=("key", "reader", "period", "context", "entry", "stop", "priority", "next_attempt_at", "claim", "lease_until", "error",
              "run", "since", "until", "held"),
        scrub=("error",),
    ),
    Holding(
        "notifications.OutboxEntry", _("What others were told of what you did"), did=("by",), did_shows=("kind", "at", "context", "note"),
        keys=(*TARGET, "url", "receivers", "followed", "together", "fanned_out_at", "attempts", "next_attempt_at"),
        scrub=("context", "note", "followed"),
        target_blank={"note": ""},
    ),
    Holding(
        "notifications.MailEvent", _("What your mail server said"), about=("user",), shows=("word", "at", "said"),
        keys=("source", "event_id", "address", "delivery", "is_over"), scrub=("said",),
    ),
    Holding(
        "notifications.Suppression", _("Why no mail goes to your address"), about=("user",), shows=("why", "since", "said"),
        keys=("address",), scrub=("said",),
    ),
    Holding("notifications.Switch", _("Mails you switched off for everybody"), did=("by",), did_shows=("list", "at")),
    Holding(
        "digests.Subscription", _("Your digest"), about=("user",),
        shows=("frequency", "weekday", "hour", "minimum", "paused_until", "without", "frequency_before", "since", "started_at"),
    ),
    Holding("digests.Muted", _("What you keep out of the digest"), about=("user",), shows=("target", "at"), keys=TARGET),
    Holding(
        "digests.Issue", _("Issues of the digest you wrote"), did=("created_by", "changed_by", "ready_by"),
        did_shows=("week", "intro", "state", "created_at", "changed_at", "ready_at", "used_at"),
        keys=("pinned", "organisation_types", "themes", "municipalities", "regions"),
    ),
    Holding(
        "portal.PersonalFile", _("Copies you asked for"),
        about=("user",), shows=("language", "size", "asked_at", "ready_at", "expires_at"),
            keys=("uuid", "file")),
    Holding("portal.Farewell", _("Your farewell"), about=("user",), shows=("asked_at", "due_at")),
)  # fmt: skip

HOLDINGS = {holding.model: holding for holding in (*OWN, *GROUPS, *DISCUSSIONS, *LABS, *BOOKINGS, *MEETINGS, *REPORTS, *TESTS, *FOREIGN)}

NOTHING = (
    NOTHING_FOREIGN
    | NOTHING_OF_GROUPS
    | NOTHING_OF_LABS
    | NOTHING_OF_MEETINGS
    | NOTHING_OF_REPORTS
    | {
        "organisations.OrganisationText": "what an organisation says of itself",
        "organisations.Domain": "domains of organisations",
        "organisations.FormerSlug": "addresses of organisations",
        "events.EventText": "what a host says of its event",
        "events.AskedAtRegistration": "what a host asks of those who register",
        "notifications.Run": "numbers of mails",
        "digests.Heartbeat": "when the scheduler last looked",
        "projects.ProjectText": "what an organisation says of its project",
        "projects.Site": "places",
        "projects.Partner": "organisations",
        "projects.Result": "measurements",
        "projects.Lesson": "what an organisation learned",
        "projects.Milestone": "dates of projects",
        "projects.Link": "web addresses",
        "projects.SearchWord": "words of public projects, counted",
        "projects.TermCount": "numbers",
        "taxonomy.Theme": "vocabulary",
        "taxonomy.Goal": "vocabulary",
        "taxonomy.Region": "vocabulary",
        "taxonomy.Municipality": "vocabulary",
        "taxonomy.MunicipalityBoundary": "vocabulary",
        "taxonomy.Tag": "vocabulary",
        "taxonomy.TaggedNoun": "which tag hangs on what; a profile's are shown and erased with the profile",
        "editorial.HomePage": "editorial page",
        "editorial.NewsIndexPage": "editorial page",
        "editorial.ArticlePage": "editorial page",
        "editorial.StandardPage": "editorial page",
        "editorial.ThemeIntroduction": "editorial text",
        "editorial.MunicipalityIntroduction": "editorial text",
        "editorial.Menu": "editorial text",
        "editorial.Footer": "editorial text",
        "editorial.Text": "editorial text",
        "editorial.PortalSettings": "name, logo and colours of the portal, and the address of its operator",
    }
)


def forget_contacts(person):
    """A project or lab of the member's organisations that names the member as its contact, with whatever address, names nobody."""
    if person.name:
        organisations = Membership.objects.filter(user=person.user).values("organisation")
        for model in (Project, LivingLab):
            named = model.objects.filter(contact_name__iexact=person.name, organisation__in=organisations)
            named.update(contact_name="", contact_email="")


def forget_receivers(person):
    """In the ledger, mails to an address without the member: the address is gone after sending, its hash goes now, here and elsewhere."""
    hashes = [reader_of(None, address) for address in person.addresses]
    Delivery.objects.filter(reader__in=hashes).delete()
    MailEvent.objects.filter(address__in=hashes).delete()
    Suppression.objects.filter(address__in=hashes).delete()


def forget_groups(person):
    """The member leaves every working group, so that whoever waits for a place gets it."""
    forget_member(person.user)


#: What the inventory cannot say by columns; called with the person before any row goes.
EXTRAS = (forget_contacts, forget_receivers, forget_names, forget_groups, forget_visits)
