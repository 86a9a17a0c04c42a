"""Forms of test reports."""

from testreports.forms.deciding import AgreeForm
from testreports.forms.files import FileForm
from testreports.forms.report import ReportForm

__all__ = ["AgreeForm", "FileForm", "ReportForm"]
