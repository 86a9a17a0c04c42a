"""What the page of a project shows, in the words of the reader's language."""

from functools import cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from common.countries import country_name
from common.formats import date_range, iso_date, money
from common.languages import UNSPECIFIED
from common.markup import avatar, cover, icon, is_other_language, lang_attribute, language_name, phase_steps
from common.navigation import address
from common.publishing import State, Visibility
from projects.dialogue import Dialogue
from projects.enums import LessonKind, PartnerRole, PartnerState
from projects.models import Partner
from projects.reading import read_parts
from projects.results import Results
from projects.share import linked_data
from projects.similar import similar_projects
from projects.verbs import available
from projects.whereabouts import map_of_sites
from records.files import described

FEW_PLACES = 3  # as many municipalities as are shown with their country
LESSON_ICONS = {LessonKind.WORKED: "check-circle", LessonKind.SURPRISED: "warning", LessonKind.FAILED: "error"}


class ProjectPage:
    """One project for one reader."""

    def __init__(self, project, user, language):
        self.project, self.user = project, user
        self.parts = read_parts(project, language)
        self.text = self.parts.text_in(language)
        self.organisation = project.organisation

    @property
    def context(self):
        """What the template is given; short names, because looking names up is what costs most in it."""
        return {
            "page": self, "project": self.project, "text": self.text, "parts": self.parts,
            # Results, lessons and milestones are written once, in the language of the original.
            "original_lang": lang_attribute(self.parts.text_in("").language),
        }  # fmt: skip

    @cached_property
    def verbs(self):
        """What this reader may do now, each with its address; one of them at most is the primary one."""
        args, found = [self.project.slug], available(self.user, self.project)
        first = next((verb for verb in found if verb.is_primary), None)
        return [
            {"name": verb.name, "label": verb.label, "icon": verb.icon, "reason": verb.reason, "primary": verb is first,
             "url": reverse(verb.url_name, args=args)}
            for verb in found
        ]  # fmt: skip

    @property
    def edit_url(self):
        """Where the project is changed, for those who may."""
        may = self.user.is_authenticated and self.user.has_perm("projects.change", self.project)
        return reverse("projects:edit", args=[self.project.slug]) if may else ""

    @cached_property
    def dialogue(self):
        return Dialogue(self.project, self.parts, self.user)

    @cached_property
    def similar(self):
        return similar_projects(self.project, self.parts, self.user)

    @cached_property
    def theme(self):
        """The theme whose pattern and hue the page wears; None without themes."""
        return self.parts.themes[0] if self.parts.themes else None

    @cached_property
    def cover(self):
        """The first picture, else the theme's pattern in the project's own crop."""
        if not self.parts.pictures:
            return cover(self.theme.slug if self.theme else "", self.project.pk, "band")
        picture = self.parts.pictures[0]
        return format_html(
            '<span class="cover cover--photo cover--band"><img src="{}" width="{}" height="{}" alt="{}"></span>',
            picture.get_absolute_url(), picture.width, picture.height, picture.alt,
        )  # fmt: skip

    @property
    def more_pictures(self):
        """[(address, width, height, alternative, title)]"""
        return [(one.get_absolute_url(), one.width, one.height, one.alt, one.title) for one in self.parts.pictures[1:]]

    @property
    def documents(self):
        """[(title, address, lang attribute, kind, size and language in words)]"""
        return [(str(one), one.get_absolute_url(), lang_attribute(one.language), described(one)) for one in self.parts.documents]

    @property
    def is_open(self):
        """Whether search engines may keep the page: published and public."""
        return self.project.state == State.PUBLISHED and self.project.visibility == Visibility.PUBLIC

    @property
    def description(self):
        return Truncator(self.text.summary or self.text.title).chars(200)

    @property
    def share_picture(self):
        """The picture of a shared link: the project's own where everybody may see it."""
        own = self.parts.pictures and self.is_open
        return self.parts.pictures[0].get_absolute_url() if own else static("img/share.png")

    @property
    def tabs_label(self):
        return _("On this page")

    @property
    def stopped_title(self):
        return _("Why it was stopped")

    @property
    def language_note(self):
        """Says which language the text is in when it is not the page's."""
        code = self.text.language
        return _("The text is in %(language)s.") % {"language": name_here(code)} if is_other_language(code) else ""

    @property
    def map_url(self):
        """The map with the municipalities of this project; "" while there is no map or no municipality."""
        url, places = address("projects:map", get_language()), self.parts.municipalities
        return f"{url}?{urlencode([('municipality', place.slug) for place in places])}" if url and places else ""

    @cached_property
    def where(self):
        """The small map of its sites; None when none lies in the portal's region."""
        return map_of_sites(self.parts.sites)

    @cached_property
    def catalogue_url(self):
        return address("projects:list", get_language())

    @property
    def trail(self):
        themed = [(str(self.theme), self.theme.get_absolute_url())] if self.theme else []
        return [(_("Home"), f"/{get_language()}/"), (_("Projects"), self.catalogue_url), *themed]

    @property
    def languages(self):
        """[(code, address, name in its own language)] of the other languages this project can be read in."""
        others = [text.language for text in self.parts.texts if text.language not in (self.text.language, UNSPECIFIED)]
        return [(code, self._in_language(code), own_name(code)) for code in others]

    def _in_language(self, code):
        """The page in that language of the portal; what the portal does not speak is shown on the page of this language."""
        here, path = get_language(), f"projects/{self.project.slug}/"
        if code in dict(settings.LANGUAGES) and code != here:
            return f"/{code}/{path}"
        return f"/{here}/{path}?language={code}"

    @property
    def notices(self):
        """[(kind, title, words)]: where the project stands, and who can read it."""
        project = self.project
        found = {
            State.ARCHIVED: ("info", _("Archived"), _("This project is no longer looked after. Its page stays for reference.")),
            State.DRAFT: ("info", _("Draft"), _("Only members of %(organisation)s see this page.")),
            State.SUBMITTED: ("info", _("Submitted"), _("Only members of %(organisation)s and moderators see this page.")),
            State.RETURNED: ("warning", _("Returned"), project.state_reason),
            State.WITHDRAWN: ("warning", _("Withdrawn"), _("Only members of %(organisation)s and moderators see this page.")),
            State.HIDDEN: ("error", _("Hidden"), project.state_reason),
        }.get(project.state)
        notices = [found] if found else []
        if project.visibility == Visibility.MEMBERS:
            notices.append(("info", _("For members"), _("Only people with an account can read this project.")))
        if project.visibility == Visibility.ORGANISATION:
            words = _("Only members of %(organisation)s and of its partners can read this project.")
            notices.append(("info", _("For its organisations"), words))
        who = self.organisation.name
        return [(kind, title, words.replace("%(organisation)s", who)) for kind, title, words in notices]

    @property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        project, day = self.project, localdate(self.project.updated_at)
        return [
            (_("Phase"), phase_steps(project.phase) if project.phase else ""),
            (_("Kind"), project.get_kind_display()),
            (_("Organisation"), format_html('<a href="{}">{}</a>', self.organisation.get_absolute_url(), self.organisation.name)),
            (_("Municipality"), self._places()),
            (_("Period"), date_range(project.start_date, project.end_date)),
            (_("Budget"), money(project.budget, project.currency)),
            (_("Funding programme"), project.programme),
            (_("Goals"), self._goals()),
            (_("Updated"), format_html('<time datetime="{}">{}</time>', iso_date(day), date_format(day))),
        ]

    def _goals(self):
        """One goal a line: their names have commas of their own."""
        rows = format_html_join("", "<li>{}</li>", ((str(goal),) for goal in self.parts.goals))
        return format_html("<ul>{}</ul>", rows) if rows else ""

    def _places(self):
        """Municipalities as links; a few of them with their country, where the portal has several."""
        places = self.parts.municipalities
        with_country = len(places) <= FEW_PLACES and len(settings.PORTAL["countries"]) > 1
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>{}',
            ((place.get_absolute_url(), str(place), f", {country_name(place.country)}" if with_country else "") for place in places),
        )

    @cached_property
    def partners(self):
        """[(avatar, name, address, role, type, whether confirmed)] as they were entered; the owner leads when nobody is named as lead."""
        partners = self.parts.partners
        if not any(partner.role == PartnerRole.LEAD for partner in partners):
            owner = Partner(organisation=self.organisation, role=PartnerRole.LEAD)
            partners = [owner, *partners]
        return [self._partner(partner, partner.organisation) for partner in partners]

    def _partner(self, partner, organisation):
        """A proposal has no page for everybody, so it is named without an address."""
        url = organisation.get_absolute_url() if organisation and organisation.verified_at else ""
        kind = organisation.get_type_display() if organisation else ""
        drawing, is_confirmed = avatar(str(partner), logo=True, size="small"), partner.state == PartnerState.CONFIRMED
        return drawing, str(partner), url, partner.get_role_display(), kind, is_confirmed

    @property
    def sites(self):
        """[(label, municipality, its address)]; a bare point is its own label."""
        return [self._site(site, site.municipality) for site in self.parts.sites]

    def _site(self, site, place):
        if place:
            return site.label, str(place), place.get_absolute_url()
        return site.label or f"{site.latitude}, {site.longitude}", "", ""

    @cached_property
    def results(self):
        return Results(self.parts.results)

    @property
    def lessons(self):
        """[(icon, kind, title, words)] in the order of their authors: what failed has the rank of what worked."""
        return [(icon(LESSON_ICONS[one.kind]), one.get_kind_display(), one.title, one.text) for one in self.parts.lessons]

    @property
    def milestones(self):
        """[(date, its words, title, words, mark)]; "ahead" marks what is to come, "now" the newest that is past."""
        today, rows, mark = localdate(), [], "now"
        for one in self.parts.milestones:
            ahead = one.date > today
            rows.append((iso_date(one.date), date_format(one.date), one.title, one.text, "ahead" if ahead else mark))
            mark = mark if ahead else ""
        return rows

    @property
    def tabs(self):
        """Links to the parts of the page that are there."""
        parts = self.parts
        sections = [
            ("results", _("Results"), parts.results, False),
            ("lessons", _("Lessons learned"), parts.lessons, False),
            ("timeline", _("Timeline"), parts.milestones, False),
            ("partners", _("Partners"), self.partners, False),
            ("sites", _("Sites"), parts.sites, False),
            ("documents", _("Documents and links"), [*parts.documents, *parts.links], True),
            ("questions", _("Questions"), parts.questions, False),
        ]
        return [
            {"label": label, "url": f"#{name}", "count": len(rows) if counted else None, "current": False}
            for name, label, rows, counted in sections
            if rows
        ]

    @property
    def linked_data(self):
        return linked_data(self.project, self.parts, self.text, settings.SITE_URL + self.project.get_absolute_url())


def own_name(code):
    """What speakers of a language call it: “Dansk”; the code of one Django does not know."""
    try:
        return get_language_info(code)["name_local"].capitalize()
    except KeyError:
        return code


def name_here(code):
    """What the reader calls a language: “Danish”; the code of one Django does not know."""
    try:
        return language_name(code)
    except KeyError:
        return code
