"""The terms of an application, as its page shows them."""

from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from testrequests.enums import MOVES, Side
from testrequests.forms import TermsForm
from testrequests.periods import in_words


class TermsPart:
    """`versions`: the newest first. What is in force is the last one both have accepted."""

    def __init__(self, row, sides, typed=None):
        self.row, self.sides, self.typed = row, sides, typed

    @cached_property
    def versions(self):
        return [Version(one, self.row) for one in self.row.terms.select_related("company_by", "lab_by")]

    @property
    def last(self):
        return self.versions[0] if self.versions else None

    @property
    def earlier(self):
        return self.versions[1:]

    @property
    def may_propose(self):
        return bool(self.sides) and self.row.state in MOVES["propose_terms"].sources

    @property
    def may_accept(self):
        return self.may_propose and self.last is not None and bool(set(self.last.terms.waits_for) & set(self.sides))

    @property
    def is_shown(self):
        return bool(self.versions) or self.may_propose

    @cached_property
    def form(self):
        if self.typed:
            return self.typed
        terms, wish = self.last.terms if self.last else None, self.row.request
        source = terms or wish
        return TermsForm(initial={
            "base": terms.version if terms else 0, "text": terms.text if terms else "", "price": terms.price if terms else "",
            "starts_on": source.starts_on, "ends_on": source.ends_on,
        })  # fmt: skip


class Version:
    """One version, and who has accepted it."""

    def __init__(self, terms, row):
        self.terms, self.row = terms, row

    @property
    def period(self):
        return in_words(self.terms.starts_on, self.terms.ends_on)

    @property
    def is_in_force(self):
        return self.row.agreed_terms_id == self.terms.pk

    @property
    def signatures(self):
        """[(name of the side, words, whether it has accepted)]"""
        rows = ((Side.COMPANY, self.row.organisation.name, self.terms.company_at), (Side.LAB, str(self.row.lab), self.terms.lab_at))
        return [(name, self._words(side, at), at is not None) for side, name, at in rows]

    def _words(self, side, at):
        if at is None:
            return _("not accepted yet")
        by = getattr(self.terms, f"{side}_by")
        words = {"day": date_format(timezone.localtime(at)), "name": by.shown_name if by else _("a former member")}
        return _("accepted on %(day)s by %(name)s") % words
