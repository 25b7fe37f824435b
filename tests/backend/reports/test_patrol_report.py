"""The printed patrol report: each machine with what was measured or why not, and what becomes of what was found."""

import pytest

from backend.reports.service_report import render
from tests.backend.reports.sample import round_report
from tests.backend.reports.test_service_report import drawn_lines, metadata, text


def test_r_160_the_report_of_a_round_holds_readings_limits_skipped_machines_and_findings():
    printed = text(render(round_report()))
    for expected in (
        "巡检报告",
        "DG-01·接地检测",
        "6.20Ω",
        "≤4.00",
        "DG-02·接地检测",
        "设备停电检修",
        "转工单",
        "接地极锈蚀，需更换",
        "2026-11-20–2026-11-25",
    ):
        assert expected in printed


def test_r_158_a_count_of_lamps_is_printed_with_the_share_it_must_stay_below():
    assert "3/12<40%" in text(render(round_report()))


def test_r_163_the_co_signature_is_drawn_and_the_file_is_an_archive_pdf():
    pdf = render(round_report())
    assert drawn_lines(pdf) > drawn_lines(render(round_report(signature=None)))
    assert "<pdfaid:part>2</pdfaid:part>" in metadata(pdf)


def test_nothing_of_a_repair_is_printed_about_a_round():
    printed = text(render(round_report()))
    assert "报价与同意" not in printed
    assert "更换部件与旧件" not in printed


@pytest.mark.parametrize(("locale", "title"), [("zh-CN", "巡检报告"), ("zh-TW", "巡檢報告"), ("en", "Patrolreport")])
def test_the_report_of_a_round_speaks_three_languages(locale: str, title: str):
    assert title in text(render(round_report(locale=locale)))
