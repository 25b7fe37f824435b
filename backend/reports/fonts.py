"""The fonts of printed documents: Noto Sans SC beside this module, the system's CJK fonts as a fallback.

`python -m backend.reports.fonts <folder of @expo-google-fonts/noto-sans-sc>` puts them here at build time.
"""

import shutil
import sys
from functools import cache
from pathlib import Path

import typst

FOLDER = Path(__file__).parent / "fonts"
FILES = ("400Regular/NotoSansSC_400Regular.ttf", "700Bold/NotoSansSC_700Bold.ttf", "LICENSE_FONT")
FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Noto Sans CJK TC")


@cache
def available() -> typst.Fonts:
    """Reading 20 MB of glyphs costs more than a page: once per process is enough."""
    return typst.Fonts(font_paths=[str(FOLDER)], include_system_fonts=True, include_embedded_fonts=False)


def families() -> list[str]:
    """The preferred families this machine has, best first."""
    present = set(available().families())
    return [family for family in FAMILIES if family in present]


def install(package: Path) -> None:
    """Copy the two weights and their licence from the font package."""
    FOLDER.mkdir(exist_ok=True)
    for name in FILES:
        shutil.copy(package / name, FOLDER)


if __name__ == "__main__":
    install(Path(sys.argv[1]))
