"""Printed reports."""

import re
from io import BytesIO

from flask import Response, send_file
from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from backend.api.access import caller, parts
from backend.api.blueprint import Blueprint
from backend.reports.report_input import Locale
from backend.schemas.labels import LOCALES
from backend.services.report import print_report

reports = Blueprint("reports", __name__, url_prefix="/api/v1/work-orders", description="Printed reports")


class Language(Schema):
    locale = fields.String(load_default="zh-CN", validate=OneOf(LOCALES))


@reports.get("/<order>/report.pdf")
@reports.arguments(Language, location="query")
@reports.response(200, content_type="application/pdf")
def service_report(query: dict[str, Locale], order: str) -> Response:
    """The service report of an order as PDF."""
    number, pdf = print_report(parts(), caller().id, order, query["locale"])
    name = re.sub(r"[^\w.-]+", "_", number)
    return send_file(BytesIO(pdf), "application/pdf", as_attachment=True, download_name=f"{name}.pdf")
