"""Questions about projects."""

from django.db.models import Prefetch

from common.publishing import PublishableQuerySet


class ProjectQuerySet(PublishableQuerySet):
    partner_path = "partners__organisation"

    def for_cards(self):
        """With all that a card shows, in a constant number of queries; stories and vectors stay behind."""
        texts = self.model._meta.get_field("texts").related_model._default_manager.defer("story", "keywords", "vector")
        sites = self.model._meta.get_field("sites").related_model._default_manager.select_related("municipality")
        return self.select_related("organisation").prefetch_related(
            Prefetch("texts", queryset=texts), Prefetch("sites", queryset=sites), "themes"
        )
