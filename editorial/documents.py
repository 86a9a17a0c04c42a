"""Drafts of the two documents that an account refers to. The operator completes and publishes them at `/cms/`."""

from uuid import UUID, uuid5

from django.utils.translation import gettext as _
from django.utils.translation import override

from editorial.models import StandardPage

#: Translations of one document share a key; made from its name it is the same on every machine.
FAMILY = UUID("0d0f9e55-6f0a-4b43-8a37-0f6a4f4f1f52")


def document_texts():
    """slug → (title, paragraphs) in the active language: what the software does, and what only the operator can say."""
    operator = _("[The operator writes here who is responsible, with name and address, and the date of this text.]")
    return {
        "terms": (
            _("Terms of use"),
            [
                _("Reading is free and needs no account."),
                _(
                    "What members publish belongs to their organisation. It is responsible for its truth, for rights to "
                    "pictures and documents, and for the consent of people it names."
                ),
                _(
                    "Moderators may hide what breaks the law or these terms, and say why. When the terms change, members are "
                    "asked again before they post."
                ),
                operator,
            ],
        ),
        "privacy": (
            _("Privacy"),
            [
                _(
                    "Nothing is stored in order to follow you, and no page fetches anything from another site. One cookie "
                    "protects forms, one keeps you signed in."
                ),
                _(
                    "Of members the portal keeps name, e-mail address, language, time zone, organisations, consent to the "
                    "terms, and where they are signed in (IP address and browser). Each can download and erase it under “What "
                    "is held on me”."
                ),
                operator,
            ],
        ),
    }  # fmt: skip


def add_drafts(home, tally):
    """Make what is missing below a home page. A page that stands at the address already is left as it is."""
    taken = set(home.get_children().values_list("slug", flat=True))
    with override(home.locale.language_code):
        for slug, (title, paragraphs) in document_texts().items():
            missing = slug not in taken
            tally.note(missing)
            if missing:
                body = [("paragraph", f"<p>{text}</p>") for text in paragraphs]
                page = StandardPage(slug=slug, title=title, body=body, live=False, locale=home.locale, translation_key=uuid5(FAMILY, slug))
                home.add_child(instance=page)


def is_untouched(page):
    """A draft of ours that nobody has saved or published."""
    return page.translation_key == uuid5(FAMILY, page.slug) and not page.live and not page.revisions.exists()
