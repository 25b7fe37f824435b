"""Settings from the environment, checked once at the start and never read again."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError


class BadSetting(ValueError):
    """A setting that the server cannot start with."""


@dataclass(frozen=True)
class Config:
    data_dir: Path
    host: str = "127.0.0.1"
    port: int = 8000
    database_url: str = ""
    trust_proxy: bool = False
    threads: int = 8
    sync_budget_ms: int = 5_000
    exchanges: int = 256
    static_dir: Path = Path(__file__).parent / "static"

    @property
    def database(self) -> str:
        """The database address; without one, a SQLite file in the data folder."""
        return self.database_url or f"sqlite:///{self.data_dir / 'huizhi.sqlite3'}"


def from_environment(environ: Mapping[str, str] = os.environ) -> Config:
    """HOST, PORT, DATA_DIR, DATABASE_URL, TRUST_PROXY, THREADS, SYNC_BUDGET_MS and EXCHANGES, or their defaults."""
    return Config(
        data_dir=Path(environ.get("DATA_DIR") or "var").resolve(),
        host=environ.get("HOST") or "127.0.0.1",
        port=_whole("PORT", environ.get("PORT") or "8000", 1, 65535),
        database_url=_database(environ.get("DATABASE_URL") or ""),
        trust_proxy=_switch("TRUST_PROXY", environ.get("TRUST_PROXY") or "0"),
        threads=_whole("THREADS", environ.get("THREADS") or "8", 1, 64),
        sync_budget_ms=_whole("SYNC_BUDGET_MS", environ.get("SYNC_BUDGET_MS") or "5000", 100, 60_000),
        exchanges=_whole("EXCHANGES", environ.get("EXCHANGES") or "256", 1, 10_000),
    )


def _whole(name: str, text: str, low: int, high: int) -> int:
    if not text.isdecimal() or not low <= int(text) <= high:
        raise BadSetting(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def _switch(name: str, text: str) -> bool:
    if text not in ("0", "1"):
        raise BadSetting(f"{name} must be 0 or 1, not {text!r}")
    return text == "1"


def _database(url: str) -> str:
    """SQLite or PostgreSQL only; `postgresql://` means psycopg 3."""
    if not url:
        return ""
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise BadSetting("DATABASE_URL is not a database address") from error
    backend = parsed.get_backend_name()
    if backend == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    elif backend != "sqlite":
        raise BadSetting(f"DATABASE_URL must name SQLite or PostgreSQL, not {backend}")
    return parsed.render_as_string(hide_password=False)
