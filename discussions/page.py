"""What the page of one discussion shows to one reader: thirty posts, from the first unread one on. In a fixed number of queries."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.formats import number
from common.rich_text import render_story
from conversations.models import A_PAGE, Post, Useful
from discussions.showing import add_parts, author_name, excerpt
from discussions.verbs import available

#: What no post shows: search vectors, and the long texts of its author's page.
NOT_SHOWN = ("vector", "quoted__vector", "author__profile__vector", "author__profile__keywords", "author__profile__about")


def _name(person):
    return person.shown_name if person else _("Former member")


class TopicPage:
    """`thread` comes from `views.doors.thread_door`. Opening the page changes nothing: a reader says what was read, or writes."""

    def __init__(self, place, thread, *, wanted=None, form=None):
        self.place, self.thread, self.wanted, self.form = place, thread, wanted, form
        self.user = place.user
        self._asked, self._pages = {}, {}

    @cached_property
    def first_unread(self):
        """The number of the first post the reader has not read; 0 when all are read."""
        return self.thread.read_to + 1 if self.thread.read_to < self.thread.post_count else 0

    @cached_property
    def page_obj(self):
        """The page asked for, else that of the first unread post, else the last."""
        paginator = Paginator(range(1, self.thread.post_count + 1), A_PAGE)
        opens_at = ((self.first_unread or self.thread.post_count) - 1) // A_PAGE + 1
        return paginator.get_page(self.wanted or opens_at)

    @cached_property
    def posts(self):
        numbers = self.page_obj.object_list
        rows = Post.objects.filter(thread=self.thread, number__gte=numbers[0], number__lte=numbers[-1]) if numbers else Post.objects.none()
        posts = list(rows.defer(*NOT_SHOWN).select_related("author__profile", "quoted__author").order_by("number"))
        notes, useful = self._notes(posts), self._useful(posts)
        for post in posts:
            post.thread = self.thread
            post.note = notes.get(post.author_id, "")
            post.useful_count, post.is_useful_to_me = useful.get(post.pk, (0, False))
            self._add_verbs(post)
        add_parts(posts, self.user)
        for post in posts:  # what was taken away is read by moderators, who answer for that
            post.withdrawn_html = render_story(post.text) if post.is_removed and self.user.is_moderator else ""
        return posts

    def _notes(self, posts):
        people = {post.author_id for post in posts if post.author_id}
        return self.place.host.notes(self.place.target, people) if people else {}

    def _useful(self, posts):
        """`{post: (how many found it useful, whether the reader did)}`."""
        rows = Useful.objects.filter(post__in=[post.pk for post in posts]).order_by().values("post")
        rows = rows.annotate(number=Count("pk"), mine=Count("pk", filter=Q(user=self.user)))
        return {row["post"]: (row["number"], bool(row["mine"])) for row in rows}

    def _add_verbs(self, post):
        """What the reader may do with it now; the verbs look again."""
        stands = not post.is_removed
        writes = stands and self.place.is_open and not self.thread.is_closed
        post.is_mine = post.author_id == self.user.pk
        post.author_name = author_name(post)
        post.is_unread = post.number >= self.first_unread > 0
        post.is_answer = self.thread.answer_id == post.pk
        post.page_of_author = self._page_of(post.author)
        post.may_edit = writes and self._may("edit_post", post)
        post.may_quote = writes and self.may_write
        post.may_remove = stands and not self.thread.is_removed and self._may("remove_post", post)
        post.may_answer = stands and post.number > 1 and self.may_mark_answer and not post.is_answer
        post.may_find_useful = stands and self.place.is_open and self._may("find_useful", post)
        self._add_addresses(post)

    def _may(self, verb, post):
        """Asked once for the reader's own posts and once for those of others: a thread's posts differ in nothing else."""
        key = (verb, post.is_mine)
        if key not in self._asked:
            self._asked[key] = self.user.has_perm(f"discussions.{verb}", post)
        return self._asked[key]

    def _add_addresses(self, post):
        base = f"{self.url}{post.number}/"
        post.history_url = f"{base}history/"
        post.report_url = "" if post.is_mine or post.is_removed else reverse("moderation:report", args=["post", post.pk])
        post.url, post.edit_url, post.remove_url, post.answer_url = base, f"{base}edit/", f"{base}remove/", f"{base}answer/"
        post.useful_url = f"{base}{'not-useful' if post.is_useful_to_me else 'useful'}/"
        post.quote_url = f"{self.url}?page={self.page_obj.number}&quote={post.number}#write"
        post.url_of_quoted = f"{self.url}{post.quoted.number}/" if post.quoted else ""

    def _page_of(self, author):
        """The address of the author's page where the reader may open it; looked up once for each author."""
        if author is None:
            return ""
        if author.pk not in self._pages:
            profile = getattr(author, "profile", None)
            if profile is not None:
                profile.user = author
            seen = profile and self.user.has_perm("members.see_profile", profile)
            self._pages[author.pk] = profile.get_absolute_url() if seen else ""
        return self._pages[author.pk]

    @cached_property
    def may_write(self):
        open_for_words = self.place.is_open and not self.thread.is_closed and not self.thread.is_removed
        return open_for_words and self.user.has_perm("discussions.write", self.thread)

    @cached_property
    def leads(self):
        return not self.thread.is_removed and self.user.has_perm("discussions.lead", self.thread)

    @cached_property
    def may_mark_answer(self):
        return self.place.is_open and not self.thread.is_removed and self.user.has_perm("discussions.mark_answer", self.thread)

    @property
    def last_shown(self):
        """The number of the last post on this page."""
        return self.page_obj.end_index()

    @property
    def has_unread_here(self):
        return bool(self.first_unread) and self.first_unread <= self.last_shown

    @cached_property
    def quoting(self):
        """The post that the form answers; None when it answers none, or when that was taken away."""
        number = self.form["quoted"].value() if self.form else None
        number = str(number or "")
        if not (number.isdecimal() and len(number) < 10 and 0 < int(number) <= self.thread.post_count):
            return None
        found = Post.objects.standing().filter(thread=self.thread, number=int(number)).defer("vector").select_related("author").first()
        if found:
            found.author_name, found.excerpt = author_name(found), excerpt(found)
        return found

    # ---- addresses

    @cached_property
    def url(self):
        return self.place.url_of("topic", self.thread.pk)

    @property
    def answer_url(self):
        """Where the answer stands; "" without one."""
        return f"{self.url}{self.thread.answer_number}/" if self.thread.answer_id else ""

    @property
    def read_url(self):
        return f"{self.url}read/"

    @property
    def write_url(self):
        return f"{self.url}write/"

    @property
    def unmark_url(self):
        return f"{self.url}unmark-answer/"

    @property
    def opens_at(self):
        """The number of the post it opens at."""
        return self.first_unread or self.thread.post_count

    @property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        thread = self.thread
        closed = {"day": date_format(localtime(thread.closed_at)), "name": _name(thread.closed_by)} if thread.closed_at else None
        return [
            (_("Started by"), _name(thread.started_by)),
            (_("Started on"), date_format(localtime(thread.created_at))),
            (_("Posts"), number(thread.post_count)),
            (_("Last post"), date_format(localtime(thread.last_post_at), "DATETIME_FORMAT")),
            (pgettext("discussion", "Closed"), _("%(day)s by %(name)s") % closed if closed else ""),
        ]

    @property
    def why_not(self):
        """Why this reader does not write here."""
        if self.thread.is_removed:
            return ""
        if not self.place.is_open or self.thread.is_closed:
            return _("This discussion is closed. It can be read, and nobody writes in it any more.")
        return _("Members of the group write here; you read.")

    @cached_property
    def verbs(self):
        """[{name, label, icon, url}] of those who lead, and of who began it."""
        return available(self)
