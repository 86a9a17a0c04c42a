"""What is asked of members about organisations."""

from organisations.forms.editing import DomainForm, OrganisationForm
from organisations.forms.joining import AskForm, FindForm, ProposalForm
from organisations.forms.members import InviteForm

__all__ = ["AskForm", "DomainForm", "FindForm", "InviteForm", "OrganisationForm", "ProposalForm"]
