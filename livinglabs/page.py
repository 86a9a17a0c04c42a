"""What the pages of a lab and of an offer show, in the words of the reader's language."""

from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator, capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.countries import country_name
from common.formats import iso_date, number
from common.markup import is_other_language, language_name
from common.navigation import address
from common.publishing import State, Visibility
from livinglabs import terms
from livinglabs.enums import ASKED, ElementKind
from livinglabs.models import Offer
from livinglabs.reading import read_parts, with_first_theme
from livinglabs.sections import (
    figures_of,
    offer_notes,
    register_figures,
    register_offer_note,
    register_section,
    sections_of,
)
from livinglabs.shown import Team, files_of, partners_of
from livinglabs.verbs import lab_verbs, offer_verbs
from projects.models import Project
from projects.partners import asked_for
from projects.whereabouts import map_of_sites
from taxonomy.models import Theme

__all__ = ["LabPage", "OfferPage", "register_figures", "register_offer_note", "register_section"]

MOST_PROJECTS = 6


class Page:
    """What the pages of a lab and of its offers have in common; `of` says whose sections are read."""

    of = ""

    def __init__(self, lab, user, text):
        self.lab, self.user, self.text = lab, user, text

    def may(self, name):
        return self.user.is_authenticated and self.user.has_perm(f"livinglabs.{name}", self.lab)

    @property
    def trail(self):
        return [(_("Home"), f"/{get_language()}/"), (_("Living labs"), address("livinglabs:list", get_language()))]

    @property
    def language_note(self):
        """Says which language the text is in when it is not the page's."""
        code = self.text.language
        return _("The text is in %(language)s.") % {"language": language_name(code)} if is_other_language(code) else ""

    @property
    def description(self):
        return Truncator(self.text.summary or str(self.lab)).chars(200)

    @cached_property
    def head(self):
        """[(template, what it shows)] that apps above add beside the buttons; `main` and `side` are the columns."""
        return sections_of(self, self.of, "head")

    @cached_property
    def main(self):
        return sections_of(self, self.of, "main")

    @cached_property
    def side(self):
        return sections_of(self, self.of, "side")

    @property
    def host(self):
        """The host as a link, where it has a page for everybody."""
        one = self.lab.organisation
        return format_html('<a href="{}">{}</a>', one.get_absolute_url(), one.name) if one.verified_at else one.name

    @cached_property
    def sites(self):
        return list(self.lab.sites.select_related("municipality"))

    @property
    def places(self):
        """Municipalities as links, each once, with their country where the portal has several."""
        found = {site.municipality_id: site.municipality for site in self.sites if site.municipality_id}.values()
        several = len(settings.PORTAL["countries"]) > 1
        rows = ((one.get_absolute_url(), str(one), f", {country_name(one.country)}" if several else "") for one in found)
        return format_html_join(", ", '<a href="{}">{}</a>{}', rows)


class LabPage(Page):
    """One lab for one reader. Each property is read at most once, in a fixed number of queries."""

    of = "lab"

    def __init__(self, lab, user):
        super().__init__(lab, user, lab.text)

    @cached_property
    def parts(self):
        return read_parts(self.lab)

    @property
    def themes(self):
        return self.parts.themes

    @property
    def tags(self):
        return self.parts.tags

    @property
    def sites(self):
        return self.parts.sites

    @cached_property
    def offers(self):
        """[{offer, text, theme, terms, state}] this reader sees, in the order of the lab; drafts and archived ones for its people."""
        offers = with_first_theme(Offer.objects.visible_to(self.user).filter(lab=self.lab)).prefetch_related("texts")
        shown = [offer for offer in offers if offer.state == State.PUBLISHED or self.looks_after]
        for offer in shown:
            offer.lab = self.lab
        notes = offer_notes([offer for offer in shown if offer.state == State.PUBLISHED], self.user)
        return [offer_card(offer, notes.get(offer.pk, [])) for offer in shown]

    @cached_property
    def looks_after(self):
        return self.may("change") or self.may("answer")

    @cached_property
    def figures(self):
        """The row of numbers on top: what can be asked for, and what apps above add; one number alone is no row."""
        open_offers = sum(card["offer"].state == State.PUBLISHED for card in self.offers)
        own = [(ngettext("offer", "offers", open_offers), number(open_offers))] if open_offers else []
        added = figures_of(self.lab)
        return [*own, *added] if added else []

    # ---- what one may do

    @cached_property
    def verbs(self):
        return lab_verbs(self.user, self.lab)

    @property
    def edit_url(self):
        return reverse("livinglabs:edit", args=[self.lab.slug]) if self.may("change") else ""

    @property
    def add_offer_url(self):
        may = self.may("change") and self.lab.state != State.HIDDEN
        return reverse("livinglabs:offer_create", args=[self.lab.slug]) if may else ""

    @property
    def history_url(self):
        return reverse("livinglabs:history", args=[self.lab.slug]) if self.may("history") else ""

    @cached_property
    def asked(self):
        """The partner rows this reader answers for, while the lab can be read."""
        return asked_for(self.user, self.lab, self.parts.partners) if self.lab.is_readable else []

    @property
    def outlook(self):
        """What happens when this reader lets it go out; "" where it is out already, or for whoever may not."""
        if self.lab.state not in (State.DRAFT, State.RETURNED) or not self.verbs:
            return ""
        if self.may("publish"):
            return _("When you publish, it is on the portal at once. Organisations named as partners are asked to confirm.")
        return _("A moderator looks at it before others can read it. An owner or editor of your organisation can publish it, too.")

    # ---- what is shown

    @property
    def notices(self):
        """[(kind, title, words)]: where the lab stands, and who can read it."""
        lab, who = self.lab, self.lab.organisation.name
        ours = _("Only members of %(organisation)s see this page.") % {"organisation": who}
        ours_and_moderators = _("Only members of %(organisation)s and moderators see this page.") % {"organisation": who}
        found = {
            State.ARCHIVED: ("info", _("Archived"), _("This living lab takes no requests any more. Its page stays for reference.")),
            State.DRAFT: ("info", _("Draft"), ours),
            State.SUBMITTED: ("info", _("Submitted"), ours_and_moderators),
            State.RETURNED: ("warning", _("Returned"), lab.state_reason),
            State.WITHDRAWN: ("warning", _("Withdrawn"), ours_and_moderators),
            State.HIDDEN: ("error", _("Hidden"), lab.state_reason),
        }.get(lab.state)
        notices = [found] if found else []
        if lab.visibility == Visibility.MEMBERS:
            notices.append(("info", _("For members"), _("Only people with an account can read this page.")))
        if lab.visibility == Visibility.ORGANISATION:
            words = _("Only members of %(organisation)s and of its partners can read this page.")
            notices.append(("info", _("For its organisations"), words % {"organisation": who}))
        return notices

    @cached_property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        lab = self.lab
        site = format_html('<a href="{0}" rel="nofollow ugc noopener">{0}</a>', lab.website) if lab.website else ""
        day = localtime(lab.updated_at).date()
        return [
            (_("Place"), self.places),
            (_("Run by"), self.host),
            (_("Open since"), str(lab.since or "")),
            (_("Languages"), capfirst(", ".join(map(language_name, lab.languages)))),
            (_("Answers within"), terms.days(lab.answer_days)),
            (_("Web page"), site),
            (_("Updated"), format_html('<time datetime="{}">{}</time>', iso_date(day), date_format(day))),
        ]

    @property
    def equipment(self):
        return self.parts.equipment

    @cached_property
    def elements(self):
        """[(element, what it asks, level, its words, evidence)] in the order of the network's list; those the lab has judged."""
        rows = {row.kind: row for row in self.parts.elements}
        return [
            (ElementKind(kind).label, ASKED[kind], rows[kind].level, rows[kind].get_level_display(), rows[kind].evidence)
            for kind in ElementKind.values
            if kind in rows
        ]

    @property
    def original_language(self):
        """What is written once (evidence, notes) is in the language of the original."""
        return next((text.language for text in self.lab.texts.all() if text.is_original), self.text.language)

    @property
    def has_conditions(self):
        return bool(self.text.legal or self.text.ethics)

    @cached_property
    def partners(self):
        return partners_of(self.parts.partners)

    @cached_property
    def team(self):
        return Team(self.lab, self.user).lines

    @cached_property
    def where(self):
        return map_of_sites(self.sites)

    @property
    def site_lines(self):
        """[(label, municipality, its address)]; a bare point is its own label."""
        return [
            (site.label, str(site.municipality), site.municipality.get_absolute_url())
            if site.municipality_id
            else (site.label or f"{site.latitude}, {site.longitude}", "", "")
            for site in self.sites
        ]

    @cached_property
    def projects(self):
        """Projects tied to it that this reader sees, as cards."""
        return list(Project.objects.visible_to(self.user).listed().filter(living_labs=self.lab).for_cards()[:MOST_PROJECTS])

    @cached_property
    def files(self):
        return files_of(self.parts.files)

    @property
    def is_indexed(self):
        return self.lab.state == State.PUBLISHED and self.lab.visibility == Visibility.PUBLIC

    @property
    def linked_data(self):
        """The lab as schema.org sees it. Empty values are left out."""
        lab, text = self.lab, self.text
        data = {
            "@context": "https://schema.org", "@type": "Place", "additionalType": "LivingLab", "name": text.name,
            "description": text.summary, "url": settings.SITE_URL + lab.get_absolute_url(),
            "containedInPlace": [{"@type": "City", "name": str(site.municipality)} for site in self.sites if site.municipality_id],
            "parentOrganization": {"@type": "Organization", "name": lab.organisation.name},
            "amenityFeature": [{"@type": "LocationFeatureSpecification", "name": str(one), "value": True} for one in self.equipment],
            "makesOffer": [
                {"@type": "Offer", "name": card["text"].title, "description": card["text"].summary,
                 "url": settings.SITE_URL + card["offer"].get_absolute_url()}
                for card in self.offers if card["offer"].state == State.PUBLISHED
            ],
        }  # fmt: skip
        return {name: value for name, value in data.items() if value}


def offer_card(offer, notes=()):
    """What a card of an offer shows; the offer comes from `with_first_theme`."""
    said = (terms.price(offer), terms.duration(offer), terms.readiness(offer))
    return {
        "offer": offer, "text": offer.text, "theme": Theme(**offer.first_theme) if offer.first_theme else None,
        "terms": [words for words in said if words],
        "notes": notes, "state": "" if offer.state == State.PUBLISHED else offer.get_state_display(),
    }  # fmt: skip


class OfferPage(Page):
    """One offer for one reader."""

    of = "offer"

    def __init__(self, offer, user):
        super().__init__(offer.lab, user, offer.text)
        self.offer = offer

    @property
    def trail(self):
        return [*super().trail, (str(self.lab), self.lab.get_absolute_url())]

    @cached_property
    def themes(self):
        return list(self.offer.themes.all())

    @cached_property
    def verbs(self):
        return offer_verbs(self.user, self.offer)

    @property
    def edit_url(self):
        may = self.user.is_authenticated and self.user.has_perm("livinglabs.change_offer", self.offer)
        return reverse("livinglabs:offer_edit", args=[self.lab.slug, self.offer.slug]) if may else ""

    @property
    def notices(self):
        """[(kind, title, words)]: where the offer and its lab stand."""
        offer, lab = self.offer, self.lab
        if offer.state == State.DRAFT:
            return [("info", _("Draft"), _("Only members of %(organisation)s see this page.") % {"organisation": lab.organisation.name})]
        if offer.state == State.HIDDEN:
            return [("error", _("Hidden"), offer.state_reason)]
        if offer.state == State.ARCHIVED or lab.state == State.ARCHIVED:
            return [("info", _("Archived"), _("This cannot be asked for any more. Its page stays for reference."))]
        if not lab.is_readable:
            return [("info", _("Not published yet"), _("The living lab is not published, so that nobody can ask for this now."))]
        return []

    @cached_property
    def facts(self):
        offer = self.offer
        level = terms.readiness(offer)
        said = format_html("{}<br><small>{}</small>", level, terms.readiness_words(offer)) if level else _("Every level")
        return [
            (_("Kind"), offer.get_kind_display()),
            (_("Price"), terms.price(offer)),
            (_("How long"), terms.duration(offer)),
            (_("Places"), terms.capacity(offer)),
            (_("Group"), terms.group_size(offer)),
            (_("To be asked for"), terms.lead_time(offer)),
            (_("Readiness of the product"), said),
            (_("Who may ask"), terms.who_may_ask(offer)),
            (_("Place"), self.places),
            (_("Run by"), self.host),
        ]

    @property
    def conditions(self):
        """[(heading, text)] of what is said."""
        text = self.text
        rows = ((_("Permits that are included"), text.permits), (_("Who has the data"), text.data_rights), (_("Insurance"), text.insurance))
        return [(heading, words) for heading, words in rows if words]

    @property
    def is_indexed(self):
        return self.offer.is_open and self.lab.visibility == Visibility.PUBLIC

    @property
    def linked_data(self):
        offer, text = self.offer, self.text
        data = {
            "@context": "https://schema.org", "@type": "Offer", "name": text.title, "description": text.summary,
            "url": settings.SITE_URL + offer.get_absolute_url(), "category": str(offer.get_kind_display()),
            "offeredBy": {"@type": "Organization", "name": self.lab.organisation.name},
            "price": str(offer.price) if offer.price is not None else ("0" if offer.price_model == "free" else ""),
            "priceCurrency": offer.currency,
        }  # fmt: skip
        return {name: value for name, value in data.items() if value}
