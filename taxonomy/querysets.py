"""Questions about themes, municipalities and tags."""

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count
from django.db.models.functions import Lower

from common.search import fold


class ThemeQuerySet(models.QuerySet):
    def by_word(self):
        """`{folded word: theme}` for every slug, name and synonym of every language; the earlier theme has a shared word."""
        known = {}
        for theme in self:
            for word in (theme.slug, *theme.search_words()):
                known.setdefault(_key(word), theme)
        return known

    def meant_by(self, text):
        """The themes of somebody who types `text`: as a whole, or word by word. "gadelys på stier" means lighting."""
        known = self.by_word()
        asked = [_key(text), *map(_key, text.split())]
        return list(dict.fromkeys(known[word] for word in asked if word in known))


def _key(word):
    return " ".join(fold(word.casefold()).split())


class MunicipalityQuerySet(models.QuerySet):
    def in_portal(self):
        """Those of the region this portal shows."""
        return self.filter(in_portal=True)

    def on_tiles(self):
        """Those with a place on the tile map, row by row."""
        return self.filter(tile_row__isnull=False).order_by("tile_row", "tile_column")


def _showing_tags(rows, user):
    """Those whose tags `user` may read: a noun may be seen without them."""
    if hasattr(rows, "showing_tags_to"):
        return rows.showing_tags_to(user)
    return rows.visible_to(user) if hasattr(rows, "visible_to") else rows.all()


class TagQuerySet(models.QuerySet):
    def named(self, names):
        """Tags of these names, whatever their case."""
        return self.alias(lowered=Lower("name")).filter(lowered__in=[name.lower() for name in names])

    def seen_by(self, user):
        """Tags that hang on something `user` may open: a word that stands only in what is hidden is not told."""
        tagged = self.model._meta.get_field("tagged").related_model._default_manager
        seen = models.Q(pk__in=[])
        for key in tagged.order_by().values_list("content_type", flat=True).distinct():
            noun = ContentType.objects.get_for_id(key).model_class()
            rows = noun._default_manager if noun else None
            if rows is not None:
                own = _showing_tags(rows, user)
                seen |= models.Q(content_type=key, object_id__in=own.order_by().values("pk"))
        return self.filter(models.Exists(tagged.filter(seen, tag=models.OuterRef("pk"))))

    def for_editors(self, text=""):
        """With `times`, how many nouns carry each, by name; those whose name contains `text`."""
        return self.annotate(times=Count("tagged")).filter(name__icontains=text).order_by("name")
