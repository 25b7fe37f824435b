"""Whether bytes are a picture, found out by decoding all of it in a limited process."""

import subprocess
import sys
from pathlib import Path

IMAGE_TYPES = ("image/jpeg", "image/png", "image/webp")
UNKNOWN = "application/octet-stream"
SECONDS = 20


def media_type(path: Path) -> str:
    """One of IMAGE_TYPES if the file decodes as that, else the type of plain bytes."""
    command = [sys.executable, "-m", "backend.services.image_probe", str(path)]
    try:
        probed = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return UNKNOWN
    found = probed.stdout.strip()
    return found if probed.returncode == 0 and found in IMAGE_TYPES else UNKNOWN
