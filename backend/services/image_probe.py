"""A process of its own that decodes one image and prints its type; what it cannot decode costs nobody else anything."""

import resource
import sys

from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
MOST_MEMORY = 1 << 30
MOST_SECONDS = 10


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    with Image.open(sys.argv[1], formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            return 1
        image.load()
        print(Image.MIME[str(image.format)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
