"""The words of living labs and their offers, as in docs/concepts.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ElementKind(models.TextChoices):
    """What makes a living lab one: six elements, named as by the European Network of Living Labs (ENoLL, enoll.org).

    A lab says of itself how far it is with each, and gives one sentence of evidence. The explanations are the portal's own words.
    """

    USERS = "users", pgettext_lazy("living lab element", "Active user involvement")
    REAL_LIFE = "real_life", pgettext_lazy("living lab element", "Real-life setting")
    STAKEHOLDERS = "stakeholders", pgettext_lazy("living lab element", "Multi-stakeholder participation")
    METHODS = "methods", pgettext_lazy("living lab element", "Multi-method approach")
    CO_CREATION = "co_creation", pgettext_lazy("living lab element", "Co-creation")
    ORCHESTRATION = "orchestration", pgettext_lazy("living lab element", "Orchestration")


#: What each element asks, for those who assess their lab and those who read it.
ASKED = {
    ElementKind.USERS: _("People who use the place have a say in what is tried and how, from start to end."),
    ElementKind.REAL_LIFE: _("Tests run where people live, work and travel, not in a laboratory."),
    ElementKind.STAKEHOLDERS: _("Public bodies, companies, researchers and citizens work on the same test."),
    ElementKind.METHODS: _("The question decides how it is measured: numbers, observation and conversation together."),
    ElementKind.CO_CREATION: _("Those concerned shape the solution together instead of being asked when it is finished."),
    ElementKind.ORCHESTRATION: _("Somebody runs the lab: knows everybody, keeps agreements and brings results on."),
}


class Level(models.IntegerChoices):
    """How far a lab is with an element, in its own judgement."""

    PLANNED = 1, pgettext_lazy("level of an element", "Planned")
    PARTLY = 2, pgettext_lazy("level of an element", "In part")
    IN_PLACE = 3, pgettext_lazy("level of an element", "In place")


class OfferKind(models.TextChoices):
    """What can be booked."""

    SITE = "site", pgettext_lazy("kind of offer", "Test site")
    PARCEL = "parcel", pgettext_lazy("kind of offer", "Parcel or mast")
    PANEL = "panel", pgettext_lazy("kind of offer", "Citizen panel")
    DATA = "data", pgettext_lazy("kind of offer", "Data set")
    WORKSHOP = "workshop", pgettext_lazy("kind of offer", "Workshop")
    EVALUATION = "evaluation", pgettext_lazy("kind of offer", "Evaluation")
    VISIT = "visit", pgettext_lazy("kind of offer", "Visit")
    TRAINING = "training", pgettext_lazy("kind of offer", "Training")


class PriceModel(models.TextChoices):
    FREE = "free", pgettext_lazy("price model", "Free of charge")
    FIXED = "fixed", pgettext_lazy("price model", "Fixed price")
    AGREEMENT = "agreement", pgettext_lazy("price model", "By agreement")


class PriceUnit(models.TextChoices):
    """What a fixed price is for."""

    ONCE = "once", pgettext_lazy("price", "altogether")
    DAY = "day", pgettext_lazy("price", "a day")
    WEEK = "week", pgettext_lazy("price", "a week")
    MONTH = "month", pgettext_lazy("price", "a month")
    PERSON = "person", pgettext_lazy("price", "a person")


LOWEST_TRL, HIGHEST_TRL = 1, 9

#: The technology readiness levels of the European Union in a few words of our own. Source: European Commission, Horizon Europe
#: Work Programme, General Annexes, part B "Technology readiness levels" (the scale of Commission Decision C(2014)4995, annex G).
TRL = {
    1: pgettext_lazy("technology readiness level", "Basic principles observed"),
    2: pgettext_lazy("technology readiness level", "Concept formulated"),
    3: pgettext_lazy("technology readiness level", "Concept proved in experiments"),
    4: pgettext_lazy("technology readiness level", "Validated in the laboratory"),
    5: pgettext_lazy("technology readiness level", "Validated in a relevant environment"),
    6: pgettext_lazy("technology readiness level", "Demonstrated in a relevant environment"),
    7: pgettext_lazy("technology readiness level", "Prototype demonstrated in operation"),
    8: pgettext_lazy("technology readiness level", "Complete and qualified"),
    9: pgettext_lazy("technology readiness level", "Proven in operation"),
}
