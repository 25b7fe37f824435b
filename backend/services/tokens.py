"""Tokens for programs: a session without a cookie, for one user and one device of its own."""

import hashlib

from backend.services.accounts import user_record
from backend.services.ids import device_id
from backend.services.parts import Parts
from backend.store import devices, sessions

LIFE_MS = 365 * 86_400_000


def make_token(parts: Parts, user: str, name: str) -> str:
    """The secret, shown once; `name` names the device it stands for."""
    user_record(parts, user)
    secret, device, now = parts.random(32).hex(), device_id(parts.random), parts.now()
    with parts.database.write() as sql:
        devices.add(sql, device, name, now)
        hashed = hashlib.sha256(secret.encode()).digest()
        sessions.add(sql, hashed, "token", user, device, now, now + LIFE_MS)
    return secret
