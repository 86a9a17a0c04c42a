import uuid
from datetime import date, timedelta

import factory
from django.utils import timezone

from testrequests.enums import CLOSED, State, Turn
from testrequests.models import Application, ConfidentialPart, Task, Terms, TestRequest
from tests.factories.livinglabs import LivingLabFactory
from tests.factories.organisations import OrganisationFactory

#: Who must act in each state, as the verbs leave it.
TURNS = {
    State.DRAFT: Turn.COMPANY, State.SENT: Turn.LAB, State.CLARIFYING: Turn.COMPANY, State.ACCEPTED: Turn.LAB, State.REPORTING: Turn.BOTH,
}  # fmt: skip
AGREED = (State.AGREED, State.RUNNING, State.REPORTING, State.COMPLETED)
TERMS = {"text": "Three poles for a month. The data are shared.", "starts_on": date(2030, 3, 1), "ends_on": date(2030, 3, 31)}


class TestRequestFactory(factory.django.DjangoModelFactory):
    """A complete draft that no lab is chosen for; `confidential="…"` writes the confidential part."""

    __test__ = False  # no test of pytest's

    class Meta:
        model = TestRequest
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    key = factory.LazyFunction(uuid.uuid4)
    language = "en"
    title = factory.Sequence("Smart bin no. {}".format)
    tested = "A bin that says when it is full."
    problem = "Bins are emptied while they are half empty."
    trl = 6
    starts_on = date(2030, 3, 1)
    ends_on = date(2030, 3, 31)
    personal_data = "none"
    benefit = "Fewer drives, and a figure for the next tender."
    publishing = "all"

    @factory.post_generation
    def confidential(self, create, wanted, **_kwargs):
        ConfidentialPart.objects.create(request=self, text=wanted or "")


class ApplicationFactory(factory.django.DjangoModelFactory):
    """A request at one lab, sent; `state="agreed"` comes with its terms. `asking=organisation` says who asks."""

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        asking = factory.SubFactory(OrganisationFactory)

    request = factory.SubFactory(TestRequestFactory, organisation=factory.SelfAttribute("..asking"))
    organisation = factory.SelfAttribute("request.organisation")
    lab = factory.SubFactory(LivingLabFactory)
    state = State.SENT
    turn = factory.LazyAttribute(lambda one: TURNS.get(one.state, Turn.NOBODY))
    sent_at = factory.LazyAttribute(lambda one: None if one.state == State.DRAFT else timezone.now() - timedelta(days=5))
    state_changed_at = factory.LazyFunction(timezone.now)
    closed_at = factory.LazyAttribute(lambda one: timezone.now() if one.state in CLOSED else None)

    @factory.post_generation
    def marks(self, create, _wanted, **_kwargs):
        if self.state != State.DRAFT and self.request.sent_at is None:
            self.request.sent_at = self.sent_at
            self.request.save(update_fields=["sent_at"])
        if self.state in AGREED:
            now = timezone.now()
            self.agreed_terms = Terms.objects.create(application=self, version=1, proposed_for="lab", company_at=now, lab_at=now, **TERMS)
            self.save(update_fields=["agreed_terms"])


class TermsFactory(factory.django.DjangoModelFactory):
    """Proposed by the lab, not accepted by who asks."""

    class Meta:
        model = Terms

    application = factory.SubFactory(ApplicationFactory, state=State.ACCEPTED)
    version = 1
    proposed_for = "lab"
    text = TERMS["text"]
    starts_on = TERMS["starts_on"]
    ends_on = TERMS["ends_on"]
    lab_at = factory.LazyFunction(timezone.now)


class TaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Task

    application = factory.SubFactory(ApplicationFactory)
    key = factory.LazyFunction(uuid.uuid4)
    title = factory.Sequence("Mount pole {}".format)
    side = "lab"
