"""What can be done with an organisation and its members. Doors check permission; these check the state, in one transaction."""

from organisations.actions.organisation import add_member, create_organisation, update_organisation, verify

__all__ = ["add_member", "create_organisation", "update_organisation", "verify"]
