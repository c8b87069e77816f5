"""The small chart of a digest: a stacked bar for each day and a line at the average, as a PNG without any text.

What it shows stands below it as text too, so that it is read in dark mode, by screen readers and without images.
"""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw

from service.domain.digest import Average, DayCounts

WIDTH, HEIGHT = 552, 88
"""Pixels of the mail that it takes; it is drawn twice as large for sharp screens."""

_SCALE = 2
_TONES = (("negative", (208, 72, 60)), ("neutral", (148, 167, 179)), ("positive", (46, 158, 107)))
_AVERAGE = (88, 118, 132)
_BAND = (128, 150, 162, 44)
_EMPTY = (148, 167, 179, 150)
_LEAST = 3
"""Pixels that a tone has at least, so that one negative article is seen among many."""


def draw_days(days: Sequence[DayCounts], average: Average | None) -> bytes:
    """The chart of these days in their order, the last one set off; on no ground, so that any may show through."""
    image = Image.new("RGBA", (WIDTH * _SCALE, HEIGHT * _SCALE))
    draw = ImageDraw.Draw(image)
    top = max(1.0, average.articles if average else 0.0, *(it.counts.articles for it in days))
    column = image.width / len(days)
    draw.rounded_rectangle((column * (len(days) - 1), 0, image.width - 1, image.height - 1), 6 * _SCALE, _BAND)
    room = image.height - 8 * _SCALE
    for place, day in enumerate(days):
        _stack(draw, day, column * place, column, room / top, image.height)
    if average:
        height = image.height - average.articles * room / top
        for left in range(0, image.width, 10 * _SCALE):
            draw.line((left, height, left + 5 * _SCALE, height), _AVERAGE, _SCALE)
    file = BytesIO()
    image.quantize(64).save(file, "PNG", optimize=True)
    return file.getvalue()


def _stack(draw: ImageDraw.ImageDraw, day: DayCounts, left: float, column: float, unit: float, bottom: float) -> None:
    edges = left + column * 0.22, left + column * 0.78
    if not day.counts.articles:
        draw.rectangle((edges[0], bottom - 2 * _SCALE, edges[1], bottom), _EMPTY)
    for tone, colour in _TONES:
        count = getattr(day.counts, tone)
        if count:
            height = max(count * unit, _LEAST * _SCALE)
            draw.rectangle((edges[0], bottom - height, edges[1], bottom - 1), colour)
            bottom -= height
