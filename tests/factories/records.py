import factory

from records.enums import ReportReason
from records.models import Report
from tests.factories.members import UserFactory


class ReportFactory(factory.django.DjangoModelFactory):
    """An open report of `target`."""

    class Meta:
        model = Report

    by = factory.SubFactory(UserFactory)
    reason = ReportReason.WRONG
    text = "The sum is a typing error."
