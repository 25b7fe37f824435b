"""Joins Flask-SQLAlchemy to the tables, so that the app and its tools share one engine."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from backend.store.engine import Database, engine_options, prepare
from backend.store.tables import Base


def attach(app: Flask, url: str) -> Database:
    """The app's database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(url)
    db = SQLAlchemy(app, metadata=Base.metadata)
    with app.app_context():
        return Database(prepare(db.engine))
