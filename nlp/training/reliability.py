"""The reliability diagram: how often a tone is right at each level of its score (Murphy and Winkler 1977)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BINS = 8
_FROM = 1 / 3  # the most probable of three tones has at least this
_SIDE, _EDGE = 320, 48


def reliability_svg(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> str:
    """The diagram as an SVG picture: a bar per level, its width by how many passages have it, and the diagonal."""
    points = _points(confidence, right)
    most = max((count for *_, count in points), default=1)
    bars = "".join(
        f'<rect x="{_x(mean) - _width(count, most) / 2:.1f}" y="{_y(share):.1f}" width="{_width(count, most):.1f}" '
        f'height="{_y(0) - _y(share):.1f}" fill="#2f6f9f"><title>{count} passages, mean score {mean:.2f}, '
        f"right {share:.2f}</title></rect>"
        f'<text x="{_x(mean):.1f}" y="{_y(share) - 5:.1f}" text-anchor="middle">{count}</text>'
        for mean, share, count in points
    )
    ticks = "".join(
        f'<text x="{_x(at):.0f}" y="{_y(0) + 18}" text-anchor="middle">{at:.1f}</text>'
        f'<text x="{_x(_FROM) - 8:.0f}" y="{_y(at) + 4:.0f}" text-anchor="end">{at:.1f}</text>'
        for at in (0.4, 0.6, 0.8, 1.0)
    )
    side = _SIDE + 2 * _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" '
        f'role="img" font-family="sans-serif" font-size="11"><title>How often a tone is right, by its score</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/>{bars}'
        f'<path d="M{_x(_FROM):.1f} {_y(_FROM):.1f}L{_x(1):.1f} {_y(1):.1f}" stroke="#b3261e" stroke-width="1.5" '
        f'stroke-dasharray="5 4"/><path d="M{_x(_FROM):.1f} {_y(1):.1f}V{_y(0):.1f}H{_x(1):.1f}" fill="none" '
        f'stroke="#444"/>'
        f'{ticks}<text x="{_x(2 / 3):.0f}" y="{side - 10}" text-anchor="middle">score of the tone</text>'
        f'<text x="14" y="{side / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {side / 2:.0f})">'
        "share that is right</text></svg>\n"
    )


def _points(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> Sequence[tuple[float, float, int]]:
    """Mean score, share that is right and number of each level that occurs."""
    levels = np.clip(((confidence - _FROM) / (1 - _FROM) * BINS).astype(int), 0, BINS - 1)
    return [
        (float(confidence[levels == level].mean()), float(right[levels == level].mean()), int((levels == level).sum()))
        for level in range(BINS)
        if (levels == level).any()
    ]


def _x(value: float) -> float:
    return _EDGE + (value - _FROM) / (1 - _FROM) * _SIDE


def _y(value: float) -> float:
    return _EDGE + (1 - value) * _SIDE


def _width(count: int, most: int) -> float:
    return 6 + 26 * count / most
