"""What can be done with a project. Doors check permission; these check the state and write in one transaction.

The order is the same in every verb: lock the row, check the state, write, record who did it.
"""

from projects.actions.editing import Edit, drop_form, edit_project, keep_form, restore_version
from projects.actions.partners import confirm_partner, decline_partner
from projects.actions.starting import start_project
from projects.actions.states import STEPS, Step, archive, hide, publish, reopen, return_, submit, withdraw
from projects.actions.writing import FIELDS, create_project, locked_project, update_project

__all__ = [
    "FIELDS", "STEPS", "Edit", "Step", "archive", "confirm_partner", "create_project", "decline_partner", "drop_form", "edit_project",
    "hide", "keep_form", "locked_project", "publish", "reopen", "restore_version", "return_", "start_project", "submit",
    "update_project", "withdraw",
]  # fmt: skip
