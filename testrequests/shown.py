"""What a request says, in the order and the words its readers know."""

from django.utils.translation import gettext as _

from livinglabs.enums import TRL
from testrequests.enums import PersonalData
from testrequests.periods import in_words


def asked_rows(request):
    """[(heading, [(term, text)])]; what is not said is left out."""
    groups = [
        (_("What is tested"), [
            (_("Tested"), request.tested), (_("Problem it solves"), request.problem), (_("Product"), request.product),
            (_("Readiness"), f"{request.trl} – {TRL[request.trl]}" if request.trl else ""),
        ]),
        (_("Where and when"), [
            (_("Wished period"), in_words(request.starts_on, request.ends_on)), (_("Municipality"), request.municipality),
            (_("Place"), request.place), (_("Who takes part or is affected"), request.users),
        ]),
        (_("Conditions"), [
            (_("Data about people"), request.get_personal_data_display() if request.personal_data else ""), *_about_data(request),
            (_("Permits"), request.permits), (_("Needed of the lab"), request.needs),
        ]),
        (_("What comes of it"), [
            (_("Benefit for the municipality"), request.benefit),
            (_("May be published"), request.get_publishing_display() if request.publishing else ""),
            (_("What is measured"), request.results),
        ]),
    ]  # fmt: skip
    said = [(heading, [(term, text) for term, text in rows if text]) for heading, rows in groups]
    return [(heading, rows) for heading, rows in said if rows]


def _about_data(request):
    if request.personal_data == PersonalData.NONE:
        return []
    return [(_("Which data, about whom"), request.data_what), (_("Legal basis"), request.data_basis), (_("Kept where, how long"),
             request.data_kept)]  # fmt: skip
