"""The messages of an application, as its page shows them: the last of them, older ones page by page."""

from functools import cached_property

from django.core.paginator import Paginator

from organisations.models import Membership
from testrequests.actions import thread_of
from testrequests.forms import MessageForm

A_PAGE = 30


class Conversation:
    def __init__(self, row, user, typed=None, page=None):
        self.row, self.user, self.typed, self.wanted = row, user, typed, page

    @cached_property
    def thread(self):
        return thread_of(self.row)

    @cached_property
    def page_obj(self):
        """The page that was asked for, else the last one."""
        if self.thread is None:
            return None
        paginator = Paginator(self.thread.posts.standing().defer("vector").select_related("author").order_by("number"), A_PAGE)
        return paginator.get_page(self.wanted or paginator.num_pages)

    @property
    def lines(self):
        """[(post, name, side)]: the side somebody writes for, by the organisation he or she belongs to now."""
        for post in self.page_obj or ():
            yield post, post.author.shown_name if post.author else "", self._side(post.author_id)

    def _side(self, author):
        """The name of the organisation or of the lab."""
        if author is None:
            return ""
        asking = author == self.row.request.created_by_id or author in self._of_asking
        return self.row.organisation.name if asking else str(self.row.lab)

    @cached_property
    def _of_asking(self):
        authors = [post.author_id for post in self.page_obj or ()]
        rows = Membership.objects.filter(organisation=self.row.organisation_id, user__in=authors)
        return set(rows.values_list("user", flat=True))

    @cached_property
    def form(self):
        return self.typed or MessageForm()
