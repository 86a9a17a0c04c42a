"""What the pages of a request and of one lab's answer show, in the words of the reader's language."""

from functools import cached_property, reduce
from operator import or_

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.publishing import State as Published
from livinglabs.terms import price
from organisations.models import Membership
from records.models import Attachment
from testrequests.actions import may_change
from testrequests.badges import overdue_badge, state_badge
from testrequests.conversation import Conversation
from testrequests.enums import MOVES, State, Turn
from testrequests.filters import for_lines
from testrequests.forms import AskLabForm, FileForm, TaskForm
from testrequests.models import MOST_LABS, Application, ConfidentialPart, TestRequest
from testrequests.next_step import is_turn_of, last_version, step, waited_for, whose_turn
from testrequests.periods import in_words
from testrequests.rules import can_see_confidential, sides_of
from testrequests.sections import sections_of
from testrequests.shown import asked_rows
from testrequests.stages import stages
from testrequests.steps_page import step_url
from testrequests.terms_page import TermsPart
from testrequests.verbs import available

SHORT = "SHORT_DATE_FORMAT"


def day(moment):
    return date_format(timezone.localtime(moment), "DATE_FORMAT") if moment else ""


class Asked:
    """What both pages show of the request itself."""

    request = user = None

    @property
    def asked(self):
        return asked_rows(self.request)

    @cached_property
    def reads_confidential(self):
        self.request.confidential.request = self.request
        return can_see_confidential(self.user, self.request.confidential)

    @cached_property
    def _files(self):
        """`{type of noun: files}` of everything here that files hang on, in one question."""
        nouns = [self.request, *([self.request.confidential] if self.reads_confidential else []), *self.further_nouns]
        kinds = {type(noun): ContentType.objects.get_for_model(noun) for noun in nouns}
        about = [Q(target_type=kinds[type(noun)], target_id=noun.pk) for noun in nouns]
        found = {kind: [] for kind in kinds}
        models = {kind.pk: model for model, kind in kinds.items()}
        for file in Attachment.objects.filter(reduce(or_, about)).select_related("uploaded_by"):
            found[models[file.target_type_id]].append(file)
        return found

    @property
    def further_nouns(self):
        """What else files hang on."""
        return []

    @property
    def files(self):
        """[(file, whether it is confidential)] of what is asked."""
        return [(file, False) for file in self._files[TestRequest]] + [(file, True) for file in self._files.get(ConfidentialPart, ())]

    @property
    def home(self):
        return [(_("Home"), f"/{get_language()}/"), (_("Test requests"), reverse("testrequests:list"))]


class RequestPage(Asked):
    """A request for one reader: what it says, and the labs' answers side by side, as far as the reader may see them."""

    def __init__(self, request, user):
        self.request, self.user = request, user
        self.changes = user.has_perm("testrequests.change", request)

    @property
    def trail(self):
        return self.home

    @cached_property
    def rows(self):
        """The applications this reader sees; who asks sees all of them, a lab its own."""
        rows = Application.objects.visible_to(self.user).filter(request=self.request)
        return list(for_lines(rows).select_related("request", "organisation", "lab__organisation", "offer", "agreed_terms")
                    .prefetch_related("offer__texts").order_by("pk"))  # fmt: skip

    @cached_property
    def answers(self):
        """The labs asked, as they are compared."""
        return [Answer(row, self.user) for row in self.rows if row.state != State.DRAFT]

    @property
    def compared(self):
        """[(term, [cell of each lab])]"""
        columns = [answer.cells for answer in self.answers]
        return [(rows[0][0], [cell for _term, cell in rows]) for rows in zip(*columns, strict=True)]

    @property
    def is_compared(self):
        return len(self.answers) > 1

    @property
    def chosen(self):
        return [row for row in self.rows if row.state == State.DRAFT]

    @cached_property
    def states(self):
        return set(self.request.applications.values_list("state", flat=True))

    @property
    def edit_url(self):
        if not (self.changes and (self.request.is_draft or may_change(self.states))):
            return ""
        return step_url(self.request, "what")

    @property
    def check_url(self):
        return step_url(self.request, "check")

    @property
    def may_ask_more(self):
        return self.changes and not self.request.is_draft and len(self.rows) < MOST_LABS

    @cached_property
    def more_places(self):
        """[Place] that was not asked yet."""
        asked = {row.lab_id for row in self.rows}
        return [place for place in AskLabForm(user=self.user).fields["places"].places(()) if place.lab.pk not in asked]

    @property
    def facts(self):
        return [
            (_("Asked by"), self.request.organisation.name),
            (_("Written by"), str(self.request.created_by) if self.request.created_by else ""),
            (_("Wished period"), in_words(self.request.starts_on, self.request.ends_on)),
            (_("Sent"), day(self.request.sent_at)),
        ]


class Answer:
    """One lab's answer, in the rows of the comparison."""

    def __init__(self, row, user):
        self.row, self.user = row, user

    @property
    def cells(self):
        row = self.row
        waited = (row.answered_at - row.sent_at).days if row.answered_at and row.sent_at else None
        return [
            (_("State"), state_badge(row.state)),
            (_("Now"), self.turn),
            (_("Due"), self.due),
            (_("Offer"), str(row.offer) if row.offer else "–"),
            (_("Price"), price(row.offer) if row.offer else "–"),
            (_("First answer"), "–" if waited is None else _("after %(days)d days") % {"days": waited}),
            (_("Terms"), _("version %(number)d") % {"number": last_version(row)} if last_version(row) else "–"),
            (_("Agreed period"), in_words(row.agreed_terms.starts_on, row.agreed_terms.ends_on) if row.agreed_terms else "–"),
            (_("Reason"), row.reason or "–"),
        ]

    @property
    def turn(self):
        row = self.row
        if row.turn:
            who = _("You") if is_turn_of(row, sides_of(self.user, row)) else whose_turn(row)
            return _("%(who)s: %(step)s") % {"who": who, "step": step(row)}
        return waited_for(row) or _("Nothing is left to do.")

    @property
    def due(self):
        words = date_format(self.row.due_on) if self.row.is_open and self.row.due_on else "–"
        return format_html("{} {}", words, overdue_badge(_("Overdue"))) if self.row.is_overdue else words


class ApplicationPage(Asked):
    """One lab's answer for one of the two sides. `forms`: what was typed and could not be sent, by its name."""

    def __init__(self, row, user, forms=None, messages_page=None):
        self.row, self.user, self.request, self.typed = row, user, row.request, forms or {}
        self.sides = sides_of(user, row)
        self.conversation = Conversation(row, user, self.typed.get("write"), messages_page)
        self.terms = TermsPart(row, self.sides, self.typed.get("terms"))

    @property
    def trail(self):
        return [*self.home, (self.request.title, self.request.get_absolute_url())]

    @property
    def badge(self):
        return state_badge(self.row.state)

    @property
    def overdue(self):
        return overdue_badge(_("Overdue")) if self.row.is_overdue else ""

    @property
    def stages(self):
        return stages(self.row)

    def can(self, verb):
        """Whether this reader may do it, and it leads on from here."""
        return self.row.state in MOVES[verb].sources and bool(set(MOVES[verb].sides) & set(self.sides))

    @property
    def may_ask_back(self):
        return self.can("ask_back")

    @property
    def may_write(self):
        return self.can("write")

    @cached_property
    def verbs(self):
        return available(self.user, self.row)

    # ---- who must act now

    @property
    def is_mine(self):
        return is_turn_of(self.row, self.sides)

    @property
    def now_title(self):
        if self.is_mine:
            return _("It is your turn")
        if self.row.turn == Turn.NOBODY:
            return _("Nobody has to act now") if self.row.is_open else _("Nothing is left to do.")
        return _("It is the turn of %(who)s") % {"who": whose_turn(self.row)}

    @property
    def now_words(self):
        """What is to be done until when, as sentences."""
        if not self.row.turn:
            return waited_for(self.row) or self.row.reason
        words = _("To do: %(step)s.") % {"step": step(self.row)}
        if self.row.due_on:
            words += " " + _("Due: %(day)s.") % {"day": date_format(self.row.due_on)}
        return words

    @property
    def now_kind(self):
        if self.row.is_overdue:
            return "error"
        return "warning" if self.is_mine else "info"

    @cached_property
    def notices(self):
        """[(kind, title, words)]: what both have to know beside the state."""
        found = []
        if self.row.is_open and self.row.lab.state != Published.PUBLISHED:
            found.append(
                ("warning", _("The lab takes no new requests"), _("What is agreed stands. Its offers cannot be booked at present."))
            )
        if self.row.is_open and not self._somebody_acts:
            words = _("Nobody of %(name)s can act at present. Write to the portal's contact address if this does not change.")
            found.append(("warning", _("Nobody is there to answer"), words % {"name": self.row.organisation.name}))
        return found

    @property
    def _somebody_acts(self):
        return Membership.objects.acting().filter(organisation=self.row.organisation_id).exists()

    # ---- beside

    @property
    def facts(self):
        row, terms = self.row, self.row.agreed_terms
        return [
            (_("Asked by"), self._organisation),
            (_("Living lab"), self._lab),
            (_("Offer"), str(row.offer) if row.offer else ""),
            (_("Wished period"), in_words(self.request.starts_on, self.request.ends_on)),
            (_("Agreed period"), in_words(terms.starts_on, terms.ends_on) if terms else ""),
            (_("Held of the offer"), _("no. %(unit)s") % {"unit": row.booking.units} if row.booking and row.booking.is_held else ""),
            (_("Sent"), day(row.sent_at)),
            (_("First answer"), day(row.answered_at)),
            (_("Closed"), day(row.closed_at)),
        ]

    @property
    def _organisation(self):
        one = self.row.organisation
        return format_html('<a href="{}">{}</a>', one.get_absolute_url(), one.name) if one.verified_at else one.name

    @cached_property
    def _lab(self):
        seen = self.user.has_perm("livinglabs.see", self.row.lab)
        return format_html('<a href="{}">{}</a>', self.row.lab.get_absolute_url(), self.row.lab) if seen else str(self.row.lab)

    @cached_property
    def tasks(self):
        return list(self.row.tasks.select_related("done_by"))

    @cached_property
    def task_form(self):
        return self.typed.get("task") or TaskForm()

    @property
    def further_nouns(self):
        return [self.row]

    @property
    def shared_files(self):
        return self._files[Application]

    @cached_property
    def file_form(self):
        return self.typed.get("file") or FileForm()

    @cached_property
    def main_sections(self):
        return sections_of(self, "main")

    @cached_property
    def side_sections(self):
        return sections_of(self, "side")
