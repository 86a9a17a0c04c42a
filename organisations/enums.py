"""The words of organisations and memberships, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import pgettext_lazy


class OrganisationType(models.TextChoices):
    MUNICIPALITY = "municipality", pgettext_lazy("organisation type", "Municipality")
    REGION = "region", pgettext_lazy("organisation type", "Region")
    COMPANY = "company", pgettext_lazy("organisation type", "Company")
    RESEARCH = "research", pgettext_lazy("organisation type", "Research institution")
    CIVIL_SOCIETY = "civil_society", pgettext_lazy("organisation type", "Civil society")
    NETWORK = "network", pgettext_lazy("organisation type", "Network")
    UTILITY = "utility", pgettext_lazy("organisation type", "Utility")


class Role(models.TextChoices):
    OWNER = "owner", pgettext_lazy("membership", "Owner")
    EDITOR = "editor", pgettext_lazy("membership", "Editor")
    MEMBER = "member", pgettext_lazy("membership", "Member")


#: Roles that may write in the organisation's name.
WRITERS = (Role.OWNER, Role.EDITOR)

#: From the least to the most: of two roles that become one, the higher stays.
RANK = {Role.MEMBER: 0, Role.EDITOR: 1, Role.OWNER: 2}


class Asked(models.TextChoices):
    """Where a join request, an invitation or a request for a domain stands."""

    WAITING = "waiting", pgettext_lazy("request", "Waiting")
    ACCEPTED = "accepted", pgettext_lazy("request", "Accepted")
    DECLINED = "declined", pgettext_lazy("request", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")
