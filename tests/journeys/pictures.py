"""Photographs nobody took: a drawn machine on a wall, each in its own light, as large as a phone makes them."""

import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

SIZE = (2000, 1500)
FLOOR = 1150
GRAIN = 14

Colour = tuple[int, int, int]


def photograph(folder: Path, name: str) -> Path:
    """A JPEG that shows its name; the same name gives the same picture."""
    chance = random.Random(name)
    picture = _wall(chance)
    pen = ImageDraw.Draw(picture)
    _machine(pen, chance)
    pen.text((60, 1380), f"DEMO {name}", fill="white", font_size=90)
    grain = Image.effect_noise(SIZE, GRAIN).convert("RGB")
    path = folder / f"{name}.jpg"
    Image.blend(picture.filter(ImageFilter.GaussianBlur(1)), grain, 0.08).save(path, quality=90)
    return path


def _wall(chance: random.Random) -> Image.Image:
    """Light from above on a wall and a floor."""
    light = Image.linear_gradient("L").rotate(180).resize(SIZE)
    near, far = _colour(chance, 90, 130), _colour(chance, 180, 220)
    picture = Image.composite(Image.new("RGB", SIZE, far), Image.new("RGB", SIZE, near), light)
    ImageDraw.Draw(picture).rectangle((0, FLOOR, *SIZE), fill=_colour(chance, 70, 95))
    return picture


def _machine(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """A cabinet with pipes, a plate and two gauges."""
    left, body = chance.randrange(400, 800), _colour(chance, 60, 170)
    right, dark = left + 850, (35, 40, 45)
    for pipe in (400, 900):
        pen.rounded_rectangle((right - 60, pipe, 2100, pipe + 90), 45, fill=(150, 155, 160), outline=dark, width=6)
    pen.rounded_rectangle((left, 250, right, FLOOR + 90), 50, fill=body, outline=dark, width=10)
    pen.rounded_rectangle((left + 90, 760, right - 90, FLOOR), 20, outline=dark, width=8)
    pen.rectangle((left + 300, 620, right - 300, 710), fill=(225, 225, 215), outline=dark, width=5)
    for at in (left + 240, right - 240):
        pen.circle((at, 450), 120, fill=(240, 240, 235), outline=dark, width=12)
        pen.line(
            (at, 450, at + chance.randrange(-80, 80), 450 - chance.randrange(40, 90)), fill=(190, 30, 20), width=12
        )


def _colour(chance: random.Random, low: int, high: int) -> Colour:
    red, green, blue = (chance.randrange(low, high) for _ in range(3))
    return red, green, blue
