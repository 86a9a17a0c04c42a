"""From claimed deliveries to mails: who may still get one is asked here, once for a chunk."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from common.mail import Mail, absolute, build
from notifications import bounces
from notifications.access import may_see
from notifications.choices import chosen_by, wants
from notifications.enums import CANCELLED, Channel, MailList
from notifications.kinds import kind_of
from notifications.places import silenced
from notifications.tokens import stop_url
from notifications.wording import quoted, said, sentence, why

#: List → who composes its mails: `composer(deliveries, now)` puts a `Mail` or None, nothing to say, into each one's `mail` and names
#: in `held` what it tells of, or says in `not_for` why it is not to be sent after all. Registered from above.
COMPOSERS = {}
#: Mails a member can do without: they need a member who may act, has not stopped them, and may see what they are about.
OPTIONAL = (MailList.AT_ONCE, MailList.DIGEST)


def suppressed(deliveries):
    """`{delivery: why not}` of those that are not to be sent: four questions for a chunk, and one more where a noun is not public."""
    optional = [delivery for delivery in deliveries if delivery.list in OPTIONAL]
    active = [delivery for delivery in optional if delivery.user and delivery.user.may_act]
    told = [delivery for delivery in active if delivery.entry]
    seen = may_see([(one.user, one.entry.target_type_id, one.entry.target_id) for one in told])
    chosen = chosen_by({delivery.user_id for delivery in active}) if active else {}
    silent = silenced(told)

    def reason(delivery):
        if delivery.run_id and delivery.run.cancelled_at:
            return CANCELLED
        if delivery.user is None or not delivery.user.is_active:
            return "deactivated"
        if delivery.user.suspended_at:
            return "suspended"
        if delivery.stop and not wants(delivery.user_id, delivery.stop, Channel.MAIL, chosen, delivery.reason):
            return "unsubscribed"
        if delivery.pk in silent:
            return "unsubscribed"
        if delivery.entry and (delivery.user_id, delivery.entry.target_type_id, delivery.entry.target_id) not in seen:
            return "not_visible"
        return ""

    return bounces.hindered(deliveries) | {delivery.pk: why_not for delivery in optional if (why_not := reason(delivery))}


def register_composer(list, composer):
    """Let `composer` make the mails of a list, a chunk at a time."""
    COMPOSERS[list] = composer


def chunks(deliveries):
    """[(composer, its deliveries)] of the lists that have one."""
    found = [(composer, [one for one in deliveries if one.list == name]) for name, composer in COMPOSERS.items()]
    return [(composer, chunk) for composer, chunk in found if chunk]


def compose(delivery, now=None):
    """The message of one delivery, in its reader's language; None where there is nothing to say."""
    if delivery.list in COMPOSERS:
        if not hasattr(delivery, "mail"):  # its chunk could not be composed: alone, so that one stops no other
            COMPOSERS[delivery.list]([delivery], now)
        return build(delivery.mail) if delivery.mail else None
    language = delivery.language or (delivery.user.language if delivery.user else "")
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        mail = Mail(
            template=delivery.template,
            address=delivery.address or delivery.user.email,
            language=language,
            key=str(delivery.key),
            context=_of_entry(delivery.entry, language) if delivery.entry else delivery.context,
            why=_why(delivery),
            stop_url=stop_url(delivery.user_id, delivery.stop) if delivery.stop and delivery.user_id else "",
            settings_url=absolute(reverse("notifications:settings")) if delivery.list in OPTIONAL else "",
            list_name=delivery.list if delivery.list in OPTIONAL else "",
            calendar=said(delivery.entry).get("calendar", "") if delivery.entry else "",
        )
    return build(mail)


def _of_entry(entry, language):
    what = sentence(entry)
    return {
        "headline": what if ". " in what else what.rstrip("."),
        "note": entry.note,
        "quoted": quoted(entry.note),
        "url": absolute(entry_path(entry, language)) if entry.url else "",
        "button": str(kind_of(entry.kind).button) % said(entry),
    }


def entry_path(entry, language):
    """Where an entry leads, in a language; files and whole addresses have none."""
    return f"/{language}{entry.url}" if entry.url.startswith("/") and not entry.url.startswith(("/files/", "/cms/")) else entry.url


def _why(delivery):
    if delivery.reason:
        return why(delivery.reason, delivery.context, delivery.entry)
    if delivery.list == MailList.ACCOUNT:
        return _("You get this because somebody used this address at the portal. If it was not you, you need not do anything.")
    return ""
