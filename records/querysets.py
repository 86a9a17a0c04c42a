"""Questions about what is kept of other nouns."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class TargetedQuerySet(models.QuerySet):
    def about(self, target):
        """The rows of one noun."""
        return self.filter(target_type=ContentType.objects.get_for_model(target), target_id=target.pk)
