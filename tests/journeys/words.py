"""The words of the app, so that a journey looks for what a person reads."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

PWA = Path(__file__).parents[2] / "pwa"
PLACEHOLDER = re.compile(r"\\\{\w+\\\}")


@cache
def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text())
    return content


class Words:
    """Every message and label in one language."""

    def __init__(self, locale: str = "zh-CN") -> None:
        self.locale = locale
        self._messages = _read(PWA / "messages" / f"{locale}.json")
        self._enums = _read(PWA / "src" / "model" / "generated.json")["enums"]

    def __call__(self, key: str, **values: object) -> str:
        """The message with its values filled in."""
        text: str = self._messages[key]
        return text.format(**values)

    def pattern(self, key: str) -> re.Pattern[str]:
        """The message, whatever its values are."""
        return re.compile(PLACEHOLDER.sub(".+", re.escape(self._messages[key])))

    def label(self, enum: str, code: str) -> str:
        """What a code is called."""
        text: str = self._enums[enum][code][self.locale]
        return text
