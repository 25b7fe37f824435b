"""The protocol's version and its written history."""

from __future__ import annotations

# 1  first version: push and pull in one exchange, answers, left, entered, changes, want.
PROTOCOL = 1
