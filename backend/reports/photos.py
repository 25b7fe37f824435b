"""Photos as they are printed: upright, small enough for a page, never larger in memory than a camera's picture."""

from io import BytesIO

from PIL import Image, ImageOps

DECODERS = ("JPEG", "PNG", "WEBP")
LONG_EDGE = 1000
PIXELS = 50_000_000


class PhotoError(Exception):
    """The bytes are no picture that may be decoded here."""


def printable(content: bytes) -> bytes:
    """A JPEG of at most LONG_EDGE pixels."""
    try:
        with Image.open(BytesIO(content), formats=DECODERS) as image:
            return _reduced(image)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise PhotoError from error


def _reduced(image: Image.Image) -> bytes:
    if image.width * image.height > PIXELS:
        raise PhotoError
    image.draft("RGB", (LONG_EDGE, LONG_EDGE))
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONG_EDGE, LONG_EDGE))
    output = BytesIO()
    _on_white(upright).save(output, "JPEG", quality=82)
    return output.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    if "A" not in image.getbands() and "transparency" not in image.info:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
