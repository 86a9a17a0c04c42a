"""What the page of one member shows."""

from functools import cached_property

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from common.markup import language_name
from common.navigation import address
from members.rules import can_see_part, is_own_profile
from organisations.people.shown import shown
from organisations.projects import listed_projects

MOST_PROJECTS = 6


class PersonPage:
    """One member for one reader."""

    def __init__(self, profile, user):
        self.profile, self.user = profile, user
        self.person = shown([profile], user)[0]
        self.is_own = is_own_profile(user, profile)

    def sees(self, part):
        return can_see_part(self.user, self.profile, part)

    @property
    def trail(self):
        return [(_("Home"), f"/{get_language()}/"), (_("People"), address("people:list", get_language()))]

    @property
    def about(self):
        return self.profile.about if self.sees("about") else ""

    @cached_property
    def tags(self):
        return sorted(self.profile.tags.names()) if self.sees("interests") else []

    @property
    def facts(self):
        """[(term, words)]; the component leaves empty ones out."""
        languages = ", ".join(language_name(code) for code in self.profile.languages) if self.sees("languages") else ""
        email = self.profile.user.email if self.sees("email") else ""
        return [
            (_("Languages"), languages),
            (_("E-mail"), format_html('<a href="mailto:{}">{}</a>', email, email) if email else ""),
        ]

    @property
    def has_facts(self):
        return any(words for _term, words in self.facts)

    @cached_property
    def projects(self):
        """Cards of the newest projects this person posted for organisations shown here; the organisations own them."""
        if not self.sees("organisations"):
            return []
        mine = listed_projects(self.user).filter(
            created_by=self.profile.user_id, organisation__in=[row.organisation_id for row in self.person.memberships]
        )
        return list(mine.for_cards()[:MOST_PROJECTS])
