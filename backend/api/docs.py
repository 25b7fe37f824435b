"""The OpenAPI document, and a page of it that needs no script."""

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, render_template

from backend.api.blueprint import Api

docs = Blueprint(
    "docs", __name__, template_folder="templates", static_folder="style", static_url_path="/api/docs/style"
)
METHODS = ("get", "head", "post", "patch", "delete")


@docs.get("/api/v1/openapi.json")
def document() -> Response:
    """What the REST part looks like to a program."""
    return jsonify(_document())


@docs.get("/api/docs")
def page() -> str:
    """The same for people."""
    return render_template("docs.html", document=_document(), methods=METHODS)


def _document() -> dict[str, Any]:
    api: Api = current_app.extensions["openapi"]
    found: dict[str, Any] = api.spec.to_dict()
    return found
