"""What labs offer to those who ask, and on which terms."""

from django.contrib.contenttypes.fields import GenericRelation
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from common.languages import TextRow, pick_text
from common.publishing import State
from common.search import TextVector
from livinglabs.enums import HIGHEST_TRL, LOWEST_TRL, OfferKind, PriceModel, PriceUnit
from livinglabs.models.labs import CONDITION_LIMIT, TEXT_LIMIT, LivingLab, made_by
from livinglabs.querysets import OfferQuerySet
from organisations.enums import OrganisationType
from taxonomy.models import Theme

MOST_UNITS = 1_000
LONGEST_DAYS = 3_660  # ten years
MOST_PEOPLE = 10_000


class Offer(models.Model):
    """Something of a lab that can be asked for. Its units are numbered from 1 to `capacity`; each is held by one booking at a time."""

    lab = models.ForeignKey(LivingLab, on_delete=models.PROTECT, related_name="offers")
    created_by = made_by()
    slug = models.SlugField(max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=OfferKind, default=OfferKind.SITE)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    state_reason = models.TextField(blank=True, editable=False)
    state_changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Types of organisations that may ask; empty for all of them.
    open_to = ArrayField(models.CharField(max_length=16, choices=OrganisationType), default=list, blank=True, verbose_name=_("who may ask"))
    #: Technology readiness levels of what may be tested, see `livinglabs.enums.TRL`; both or neither.
    trl_from = models.PositiveSmallIntegerField(_("readiness from"), null=True, blank=True)
    trl_to = models.PositiveSmallIntegerField(_("readiness to"), null=True, blank=True)
    shortest_days = models.PositiveSmallIntegerField(_("shortest time in days"), null=True, blank=True)
    longest_days = models.PositiveSmallIntegerField(_("longest time in days"), null=True, blank=True)
    price_model = models.CharField(_("price"), max_length=9, choices=PriceModel, default=PriceModel.AGREEMENT)
    price = models.DecimalField(_("amount"), max_digits=11, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    price_unit = models.CharField(_("what the amount is for"), max_length=6, choices=PriceUnit, default=PriceUnit.ONCE)
    capacity = models.PositiveSmallIntegerField(_("how many at a time"), default=1)
    #: So many days before it starts it has to be asked for.
    lead_days = models.PositiveSmallIntegerField(_("lead time in days"), default=0)
    #: Most people of a group, for visits, workshops, trainings and panels.
    most_people = models.PositiveSmallIntegerField(_("most people"), null=True, blank=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="offers")
    attachments = GenericRelation("records.Attachment", content_type_field="target_type", object_id_field="target_id")
    position = models.PositiveSmallIntegerField(default=0)
    is_demo = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=0, editable=False)
    index_stale = models.BooleanField(default=False, db_default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = OfferQuerySet.as_manager()
    index_sources = ("lab__organisation", "themes")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.UniqueConstraint(fields=["lab", "slug"], name="offer_slug"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="offer_capacity"),
            models.CheckConstraint(
                condition=Q(trl_from=None, trl_to=None)
                | Q(trl_from__gte=LOWEST_TRL, trl_to__lte=HIGHEST_TRL, trl_from__isnull=False, trl_to__gte=F("trl_from")),
                name="offer_trl",
            ),
            models.CheckConstraint(
                condition=Q(shortest_days=None) | Q(longest_days=None) | Q(longest_days__gte=F("shortest_days")), name="offer_days"
            ),
            models.CheckConstraint(condition=Q(price=None) | Q(price__gte=0), name="offer_price"),
        ]
        indexes = [
            models.Index(fields=["lab", "state"], name="offer_lab_state"),
            models.Index(fields=["id"], condition=Q(index_stale=True), name="offer_stale"),
        ]

    def __str__(self):
        return self.text.title if self.text else self.slug

    def get_absolute_url(self):
        return reverse("livinglabs:offer", args=[self.lab.slug, self.slug])

    def clean(self):
        errors = {**self._time_errors(), **self._price_errors()}
        trl = (self.trl_from, self.trl_to)
        if trl.count(None) == 1:
            errors["trl_to" if self.trl_to is None else "trl_from"] = gettext("Choose both levels, or neither.")
        elif None not in trl and not LOWEST_TRL <= self.trl_from <= HIGHEST_TRL:
            errors["trl_from"] = gettext("A level lies between 1 and 9.")
        elif None not in trl and not self.trl_from <= self.trl_to <= HIGHEST_TRL:
            errors["trl_to"] = gettext("The highest level lies below the lowest one.")
        if not 1 <= (self.capacity or 0) <= MOST_UNITS:
            errors["capacity"] = gettext("Write a number from 1 to 1,000.")
        if self.most_people is not None and not 1 <= self.most_people <= MOST_PEOPLE:
            errors["most_people"] = gettext("Write a number from 1 to 10,000, or nothing.")
        if errors:
            raise ValidationError(errors)

    def _time_errors(self):
        errors = {}
        for name in ("shortest_days", "longest_days", "lead_days"):
            value = getattr(self, name)
            if value is not None and not (0 if name == "lead_days" else 1) <= value <= LONGEST_DAYS:
                errors[name] = gettext("Write a number of days up to 3,660.")
        if not errors and self.shortest_days and self.longest_days and self.longest_days < self.shortest_days:
            errors["longest_days"] = gettext("The longest time is shorter than the shortest one.")
        return errors

    def _price_errors(self):
        if self.price_model != PriceModel.FIXED:
            return {}
        errors = {}
        if self.price is None:
            errors["price"] = gettext("Write the amount of a fixed price.")
        elif self.price < 0:
            errors["price"] = gettext("A price is zero or more.")
        if not self.currency:
            errors["currency"] = gettext("Say which currency the price is in.")
        return errors

    @property
    def text(self):
        return pick_text(self.texts.all())

    @property
    def is_open(self):
        """Whether it can be asked for: published, in a published lab."""
        return self.state == State.PUBLISHED and self.lab.is_open

    def takes(self, organisation):
        """Whether somebody from `organisation` may ask for it."""
        return not self.open_to or organisation.type in self.open_to

    def accepts_trl(self, level):
        """Whether a product of this readiness may be tested; without a range, every one."""
        return self.trl_from is None or self.trl_from <= level <= self.trl_to


class OfferText(TextRow):
    """What is offered and on which terms, in one language; exactly one row is the original."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="texts")
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("in two sentences"), max_length=400, blank=True)
    description = models.TextField(_("description"), max_length=TEXT_LIMIT, blank=True)
    permits = models.TextField(_("permits that are included"), max_length=CONDITION_LIMIT, blank=True)
    data_rights = models.TextField(_("who has the data"), max_length=CONDITION_LIMIT, blank=True)
    insurance = models.TextField(_("insurance"), max_length=CONDITION_LIMIT, blank=True)
    vector = models.GeneratedField(
        expression=TextVector({"title": "A", "keywords": "B", "summary": "C", "description": "D"}, folded=["title", "summary", "keywords"]),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("text")
        constraints = [
            models.UniqueConstraint(fields=["offer", "language"], name="offer_text_language"),
            models.UniqueConstraint(fields=["offer"], condition=Q(is_original=True), name="offer_text_original"),
        ]
        indexes = [GinIndex(fields=["vector"], name="offer_text_vector")]

    def __str__(self):
        return self.title
