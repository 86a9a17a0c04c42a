"""Partners as a page needs them: for whom this reader is asked to answer."""

from organisations.enums import WRITERS
from projects.enums import PartnerState


def asked_for(user, project, partners=None):
    """The asked partner rows whose organisation this reader writes for, one for each organisation."""
    if not getattr(user, "may_act", False):
        return []
    rows = project.partners.select_related("organisation") if partners is None else partners
    mine = (row for row in rows if row.state != PartnerState.UNASKED and user.organisation_roles.get(row.organisation_id) in WRITERS)
    return list({row.organisation_id: row for row in mine}.values())
