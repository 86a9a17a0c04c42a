"""Drawings for the demo discussions, made here: nothing is taken from anywhere."""

from io import BytesIO

from PIL import Image, ImageDraw

PAPER, INK, LIGHT, BEAM = "#fbfaf6", "#1d2b2a", "#f3d36b", "#d8ebe6"


def pole():
    """A pole with a radar head, the cone it sees, and the neighbour that lights up."""
    image = Image.new("RGB", (1200, 700), PAPER)
    draw = ImageDraw.Draw(image)
    draw.polygon([(260, 210), (960, 600), (420, 600)], fill=BEAM)
    draw.polygon([(960, 165), (830, 600), (1090, 600)], fill="#fbeebb")
    draw.line([(60, 600), (1140, 600)], fill=INK, width=6)
    for x in (260, 960):
        draw.line([(x, 600), (x, 160)], fill=INK, width=14)
        draw.line([(x, 165), (x + 70, 165)], fill=INK, width=10)
        draw.rectangle([(x + 52, 165), (x + 100, 182)], fill=LIGHT, outline=INK, width=3)
    draw.polygon([(246, 196), (292, 206), (286, 234), (240, 224)], fill=INK)
    for text, place in (("4,5 m", (120, 150)), ("4,2 m  12°", (300, 225)), ("15 m", (620, 612)), ("40 m", (910, 612))):
        draw.text(place, text, fill=INK, font_size=30)
    draw.line([(200, 165), (200, 600)], fill=INK, width=2)
    return _png(image)


def _png(image):
    file = BytesIO()
    image.save(file, "PNG")
    file.seek(0)
    return file


SKETCHES = {"pole": pole}
