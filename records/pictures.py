"""Members' pictures made fit for pages: turned upright, within bounds, without what cameras write about place and owner."""

import io

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from PIL import ExifTags, Image, UnidentifiedImageError

from records.files import PICTURES, PIXELS

LARGEST = 2400  # pixels of the longer side
SMALL = 960
QUALITY = 84
_TURN = Image.Transpose
#: What a camera says of how it was held → what turns the picture upright (Exif 2.32, tag 274).
UPRIGHT = {
    2: _TURN.FLIP_LEFT_RIGHT, 3: _TURN.ROTATE_180, 4: _TURN.FLIP_TOP_BOTTOM, 5: _TURN.TRANSPOSE, 6: _TURN.ROTATE_270,
    7: _TURN.TRANSVERSE, 8: _TURN.ROTATE_90,
}  # fmt: skip


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
        picture.load()
        picture = _upright(picture)
    except Image.DecompressionBombError as error:
        raise ValidationError(
            _("This picture has too many pixels. Make it smaller than 40 million and add it again."), code="pixels"
        ) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise ValidationError(_("This picture cannot be read. Save it again as PNG, JPEG or WebP."), code="picture") from error
    picture = picture.convert("RGB" if kind == "JPEG" or picture.mode in ("RGB", "L", "CMYK", "1", "YCbCr") else "RGBA")
    return picture, kind


def _upright(picture):
    """Turned as the camera was held. Nothing else that it wrote is read: much of it is broken, and none of it is kept."""
    turn = UPRIGHT.get(picture.getexif().get(ExifTags.Base.Orientation))
    return picture.transpose(turn) if turn else picture


def scaled(picture, kind, longest):
    """`(content, (width, height))`: the picture encoded anew, its longer side at most `longest` pixels, nothing else in it."""
    copy = picture.copy()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    copy.info = {}
    target = io.BytesIO()
    options = {"PNG": {"optimize": True}, "JPEG": {"quality": QUALITY, "progressive": True}, "WEBP": {"quality": QUALITY}}
    copy.save(target, kind, **options[kind])
    return ContentFile(target.getvalue()), copy.size
