"""Signature strokes scaled into a unit-wide box, for drawing as lines rather than as a picture."""

from collections.abc import Iterable, Sequence

Point = tuple[float, float]


def drawing(strokes: Iterable[Sequence[int]]) -> dict[str, object]:
    """Strokes with the left edge at 0 and the right edge at 1, and the height that keeps their proportions."""
    lines = [list(zip(stroke[0::3], stroke[1::3], strict=False)) for stroke in strokes]
    points = [point for line in lines for point in line]
    if not points:
        return {"height": 0.0, "strokes": []}
    left, top = min(x for x, _ in points), min(y for _, y in points)
    width = max(1, max(x for x, _ in points) - left)
    height = max(1, max(y for _, y in points) - top)
    scaled = [[_scaled(point, (left, top), width) for point in line] for line in lines if line]
    return {"height": height / width, "strokes": scaled}


def _scaled(point: tuple[int, int], origin: tuple[int, int], width: int) -> Point:
    return (point[0] - origin[0]) / width, (point[1] - origin[1]) / width
