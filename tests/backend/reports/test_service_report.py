"""The printed service report says what the record says, in words, numbers and ink."""

import json
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from backend.reports import document as documents
from backend.reports.service_report import render
from tests.backend.reports.sample import STROKES, photo, picture, report

HOSTILE = [
    '#panic("x")',
    "$ x^2 $",
    '"quoted" \\ back',
    "*bold* _it_ `raw`",
    "@ref <label> // comment",
    "{{}} [ ] ~ '",
    "= heading",
]


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text(pdf: bytes) -> str:
    return "".join("".join(page.extract_text() for page in read(pdf).pages).split())


def drawn_lines(pdf: bytes) -> int:
    return sum(page.get_contents().get_data().count(b" l\n") for page in read(pdf).pages)


def metadata(pdf: bytes) -> str:
    return read(pdf).trailer["/Root"]["/Metadata"].get_data().decode()


def faulty(words: str):
    return report(work=replace(report().work, fault=words))


def test_the_report_holds_fault_readings_limits_parts_money_and_signer():
    printed = text(render(report()))
    for expected in (
        "出水口持续漏水,压力不足",
        "6.20Ω",
        "≤4.00",
        "不合格",
        "返回公司",
        "CNY428.00",
        "演示联系人",
        "WO-2026-0001",
        "ef" * 32,
    ):
        assert expected in printed


def test_a_step_tells_what_must_not_be_overlooked():
    printed = text(render(report()))
    assert "转交后补交" in printed
    assert "早于设备上次同步" in printed


def test_times_are_printed_in_the_zone_of_the_site():
    assert "2026-11-2220:40" in text(render(report(signature=replace(report().signature, signed_at=1_795_351_200_000))))


def test_the_signature_is_drawn_as_lines_not_as_a_picture():
    unsigned = report(signature=replace(report().signature, strokes=()))
    points = sum(len(stroke) // 3 for stroke in STROKES)
    assert drawn_lines(render(report())) >= points - len(STROKES)
    assert drawn_lines(render(report())) > drawn_lines(render(unsigned))


def test_chinese_glyphs_are_embedded_and_the_file_is_an_archive_pdf():
    pdf = render(report())
    fonts = [font.get_object() for page in read(pdf).pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all("/FontFile3" in each or "/FontFile2" in each for each in descriptors)
    assert "<pdfaid:part>2</pdfaid:part>" in metadata(pdf)


@pytest.mark.parametrize("words", HOSTILE)
def test_template_code_in_a_value_is_printed_as_text(words):
    assert "".join(words.split()) in text(render(faulty(words)))


def test_a_character_no_font_has_is_spelled_out_and_the_file_says_it_is_no_archive_pdf():
    pdf = render(faulty("漏水 \U0001f6b1\U0010fffd 𠮷"))
    assert "[U+1F6B1]" in text(pdf) or "\U0001f6b1" in text(pdf)
    assert "[U+10FFFD]" in text(pdf)
    assert "未采用PDF/A" in text(pdf)


def test_invisible_characters_cannot_reorder_the_text():
    assert "应付100元" in text(render(faulty("应付\u202e100\u200b元\x07")))


def test_missing_values_are_printed_as_missing():
    bare = report(quotation=None, signature=None, rating=None, photos=(), work=replace(report().work, diagnosis=None))
    assert text(render(bare)).count("—缺失—") > text(render(report())).count("—缺失—")


@pytest.mark.parametrize(
    "content",
    [
        picture(1, 1),
        picture(1, 3000),
        picture(3000, 1),
        picture(40, 40, "PNG", "RGBA"),
        picture(40, 40, "PNG", "P"),
        picture(50, 50, "WEBP"),
    ],
)
def test_photos_of_odd_sizes_and_kinds_are_printed(content):
    pdf = render(report(photos=(photo(content),)))
    assert sum(len(page.images) for page in read(pdf).pages) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "照片文件缺失"), (b"no picture", "照片文件无法读取"), (picture()[:300], "照片文件无法读取")],
)
def test_a_photo_that_cannot_be_shown_says_so(content, words):
    assert words in text(render(report(photos=(photo(content),))))


@pytest.mark.parametrize(("locale", "title"), [("zh-CN", "服务报告"), ("zh-TW", "服務報告"), ("en", "Servicereport")])
def test_the_report_speaks_three_languages(locale, title):
    assert title in text(render(report(locale=locale)))


def test_every_printed_word_exists_in_three_languages():
    words = json.loads(documents.LABELS.read_text("utf-8"))
    assert all(set(entry) == {"zh-CN", "zh-TW", "en"} and all(entry.values()) for entry in words.values())


def test_the_same_input_gives_the_same_bytes():
    assert render(report()) == render(report())


def test_money_is_written_from_whole_minor_units():
    assert [documents.money(amount, "CNY") for amount in (0, 5, 123_456_789, -1)] == [
        "CNY 0.00",
        "CNY 0.05",
        "CNY 1,234,567.89",
        "CNY -0.01",
    ]
