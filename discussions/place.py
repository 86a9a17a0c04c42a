"""One noun with its discussions, for one reader: what may be done, and where it leads."""

from functools import cached_property

from conversations.models import Thread


class Place:
    def __init__(self, host, target, user):
        self.host, self.target, self.user = host, target, user

    @cached_property
    def threads(self):
        """What the reader may open. The noun was found by its own `visible_to`."""
        return Thread.objects.visible_on(self.target, self.user).discussions().defer("vector")

    @cached_property
    def is_open(self):
        return self.host.is_open(self.target)

    @cached_property
    def starts(self):
        return self.is_open and self.user.has_perm("discussions.start", self.target)

    @property
    def list_url(self):
        return self.host.list_url(self.target)

    @property
    def new_url(self):
        return self.host.url_of("new", self.target)

    @property
    def read_all_url(self):
        return self.host.url_of("read_all", self.target)

    @cached_property
    def frame(self):
        """What the host's template shows around the list."""
        return self.host.page(self.target, self.user, numbers=True)

    @cached_property
    def frame_below(self):
        """The same around a discussion and its forms, where the numbers of other tabs are not worth their counting."""
        return self.host.page(self.target, self.user, numbers=False)

    def url_of(self, name, *keys):
        return self.host.url_of(name, self.target, *keys)

    def line(self, thread):
        """A thread with `read_to` as lists show it: `unread`, how many posts are new to the reader, and `url`, where it opens."""
        thread.unread = max(thread.post_count - thread.read_to, 0)
        thread.url = f"{self.url_of('topic', thread.pk)}#unread"
        return thread
