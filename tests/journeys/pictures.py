"""Photographs nobody took: drawn JPEGs, each different, as large as a phone's camera makes them."""

import random
from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (2000, 1500)
BLOCK = 100


def photograph(folder: Path, name: str) -> Path:
    """A JPEG that shows its name; the same name gives the same picture."""
    chance = random.Random(name)
    picture = Image.new("RGB", SIZE)
    pen = ImageDraw.Draw(picture)
    for left in range(0, SIZE[0], BLOCK):
        for top in range(0, SIZE[1], BLOCK):
            colour = tuple(chance.randrange(60, 220) for _ in range(3))
            pen.rectangle((left, top, left + BLOCK, top + BLOCK), fill=colour)
    pen.text((BLOCK, BLOCK), name, fill="white", font_size=BLOCK)
    path = folder / f"{name}.jpg"
    picture.save(path, quality=90)
    return path
