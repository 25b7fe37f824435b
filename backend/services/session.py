"""Signing in and out, and who is speaking."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from backend.services.ids import device_id
from backend.services.parts import Parts
from backend.store import credentials, devices, sessions
from backend.store.sql import Sql
from sync.engine import Session
from sync.errors import Fault

DAY_MS = 86_400_000
COOKIE_LIFE_MS = 90 * DAY_MS
HOUR_MS = 3_600_000
# Verified when the name is unknown, so that a guess takes as long as a wrong password.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$YUohixLECvBclq3lyU9Ecg$LFFHNx1VQGNNBBlvLmdVU0jIerk39p9Lw7ktFNgkm3Y"


@dataclass(frozen=True)
class Caller:
    """The user behind a request, on a device, with a session until `expires_at`."""

    user: dict[str, Any]
    id: str
    device: str
    expires_at: int

    @property
    def session(self) -> Session:
        return Session(self.id, self.device)

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(self.user.get("roles", ()))


def sign_in(parts: Parts, username: str, password: str, device: str | None, device_name: str) -> tuple[Caller, str]:
    """The caller and the secret of his new session; Fault("unauthenticated") for every cause alike."""
    with parts.database.read() as sql:
        found = credentials.find(sql, username.lower())
    is_right = _matches(parts.hasher, found.password_hash if found else NOBODY, password)
    if found is None or not is_right or not _is_active(_user(found.body)):
        raise Fault("unauthenticated")
    secret, now = parts.random(32).hex(), parts.now()
    with parts.database.write() as sql:
        known = device if device is not None and devices.is_known(sql, device) else None
        on = known or _enrol(parts, sql, device_name)
        sessions.add(sql, _hash(secret), "cookie", found.user, on, now, now + COOKIE_LIFE_MS)
    return identify(parts, secret, "cookie"), secret


def identify(parts: Parts, secret: str, kind: str) -> Caller:
    """Who holds this secret; a cookie in use lives on."""
    with parts.database.read() as sql:
        found = sessions.find(sql, _hash(secret))
    now = parts.now()
    if found is None or found.kind != kind or found.expires_at <= now:
        raise Fault("unauthenticated")
    user = _user(found.body)
    if not _is_active(user):
        raise Fault("unauthenticated")
    expires_at = found.expires_at
    if now - found.seen_at > HOUR_MS:
        expires_at = now + COOKIE_LIFE_MS if kind == "cookie" else expires_at
        with parts.database.write() as sql:
            sessions.prolong(sql, _hash(secret), now, expires_at)
    return Caller(user, found.user, found.device, expires_at)


def sign_out(parts: Parts, secret: str) -> None:
    with parts.database.write() as sql:
        sessions.end(sql, _hash(secret))


def _user(body: bytes) -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(body)["data"]
    return data


def _is_active(user: dict[str, Any]) -> bool:
    return user.get("active") is not False


def _enrol(parts: Parts, sql: Sql, name: str) -> str:
    device = device_id(parts.random)
    devices.add(sql, device, name, parts.now())
    return device


def _matches(hasher: PasswordHasher, password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerifyMismatchError:
        return False


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
