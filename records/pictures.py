"""Members' pictures made fit for pages: turned upright, within bounds, without what cameras write about place and owner."""

import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from records.files import PICTURES, PIXELS

LARGEST = 2400  # pixels of the longer side
SMALL = 960
QUALITY = 84


def read_picture(file):
    """A decoded picture from an open binary file; raises `ValidationError` when it is broken, too large or of another kind.

    The number of pixels stands in the header and is checked before anything is decoded.
    """
    file.seek(0)
    try:
        picture = Image.open(file, formats=list(PICTURES))
        if picture.width * picture.height > PIXELS:
            raise Image.DecompressionBombError
        kind = picture.format
        picture = ImageOps.exif_transpose(picture)
        picture.load()
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("This picture has too many pixels. Make it smaller than 40 million and add it again."), code="pixels"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This picture cannot be read. Save it again as PNG, JPEG or WebP."), code="picture") from error
    picture = picture.convert("RGB" if kind == "JPEG" or picture.mode in ("RGB", "L", "CMYK", "1", "YCbCr") else "RGBA")
    return picture, kind


def scaled(picture, kind, longest):
    """`(content, (width, height))`: the picture encoded anew, its longer side at most `longest` pixels, nothing else in it."""
    copy = picture.copy()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    copy.info = {}
    target = io.BytesIO()
    options = {"PNG": {"optimize": True}, "JPEG": {"quality": QUALITY, "progressive": True}, "WEBP": {"quality": QUALITY}}
    copy.save(target, kind, **options[kind])
    return ContentFile(target.getvalue()), copy.size
