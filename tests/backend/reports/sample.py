"""One finished repair as report input, with every section filled."""

from dataclasses import replace
from io import BytesIO

from PIL import Image

from backend.reports.report_input import (
    Asset,
    Checklist,
    ChecklistItem,
    Consent,
    Customer,
    Finding,
    Order,
    PartUse,
    Photo,
    Quotation,
    QuotationLine,
    Rating,
    Reading,
    ReportInput,
    Review,
    Round,
    Signature,
    Site,
    Step,
    Work,
)

NOON = 1_795_320_000_000
STROKES = ((0, 0, 0, 60, 40, 16, 120, 10, 32), (140, 20, 90, 140, 60, 110), (200, 5, 160))


def picture(width: int = 640, height: int = 480, form: str = "JPEG", mode: str = "RGB") -> bytes:
    """A flat picture of the asked size."""
    output = BytesIO()
    Image.new(mode, (width, height), 120).save(output, form)
    return output.getvalue()


def photo(content: bytes | None, slot: str = "维修前") -> Photo:
    return Photo(slot, "出水口渗漏", NOON, "ab" * 32, lambda: content)


def report(**changes: object) -> ReportInput:
    """The sample repair, with some parts replaced."""
    return replace(_sample(), **changes)


def _sample() -> ReportInput:
    return ReportInput(
        locale="zh-CN",
        generated_at=NOON,
        timezone="Asia/Shanghai",
        company="演示服务公司",
        order=_order(),
        customer=Customer("演示客户一", "021-5550-0101", "上海市演示路 1 号", "演示联系人", "138-0000-0101"),
        site=Site("演示工厂", "上海市演示路 1 号 2 号楼"),
        asset=Asset("M-0007", "演示机械", "XR-200", "SN-2024-0007", "清洗机", "二楼东侧"),
        work=_work(),
        steps=(
            Step("接单", NOON, "演示工程师一", "未取得:拒绝定位"),
            Step("到场", NOON + 3_600_000, "演示工程师一", "31.2304, 121.4737", ("转交后补交", "早于设备上次同步")),
        ),
        checklists=(Checklist("维修检查表", 1, _items()),),
        readings=(_reading(),),
        photos=(photo(picture()), photo(picture(300, 900), "维修后")),
        parts=(PartUse("水泵密封圈", 1, "原厂", "已许可", "返回公司", "OLD-1", "NEW-1"),),
        quotation=_quotation(),
        signature=_signature(),
        rating=Rating(5, "处理很快"),
        reviews=(Review("批准", "演示主管", NOON + 90_000_000, ()),),
    )


def _order() -> Order:
    return Order(
        number="WO-2026-0001",
        version=14,
        title="清洗机漏水",
        type="维修",
        priority="紧急",
        state="主管审核中",
        policy="付费维修",
        entitlement="配件加人工",
        customer_wish="尽快恢复",
        received_at=NOON - 7_200_000,
        appointment_start=NOON,
        appointment_end=NOON + 7_200_000,
        engineers=("演示工程师一", "演示工程师二"),
    )


def _work() -> Work:
    return Work(
        fault="出水口持续漏水,压力不足",
        diagnosis="密封圈老化",
        cause="供应商产品",
        work_done="更换密封圈并试压",
        result="完成",
        summary="运行正常",
        next_visit_on="2027-01-10",
        next_maintenance_on="2027-06-01",
    )


def _items() -> tuple[ChecklistItem, ...]:
    return (
        ChecklistItem("检查", "接地电阻", "fail", "不合格", "6.20", "Ω", None, "4.00", "接地线松动"),
        ChecklistItem("检查", "绝缘电阻", "pass", "合格", "0.82", "MΩ", "0.50", None, None),
        ChecklistItem("测试", "漏水测试", None, None, None, None, None, None, None),
    )


def _reading() -> Reading:
    return Reading("接地电阻", "6.20", "Ω", None, "4.00", "fail", "不合格", "接地表 JD-01", NOON)


def _quotation() -> Quotation:
    lines = (
        QuotationLine("P-101", "水泵密封圈", "件", 12_800, "1.00", 12_800),
        QuotationLine("L-001", "人工", "小时", 20_000, "1.50", 30_000),
    )
    consent = Consent("同意", "书面", "演示联系人", "使用负责人", None, NOON)
    return Quotation(2, "CNY", lines, 42_800, "cd" * 32, consent)


def _signature() -> Signature:
    return Signature("验收通过", "演示联系人", "使用负责人", None, NOON, "ef" * 32, "已核验", STROKES)


def round_report(**changes: object) -> ReportInput:
    """A round of two machines: one reading out of limits became an order, the other machine was skipped."""
    failed = ChecklistItem("检查", "接地电阻", "fail", "不合格", "6.20", "Ω", None, "4.00", "接地极锈蚀")
    lamps = ChecklistItem("检查", "不亮灯数", "pass", "合格", "3/12", None, None, "40", None, "< 40 %")
    machines = (
        Asset("DG-01", "演示机械", "G-30", "SN-1", "高杆灯", "北门"),
        Asset("DG-02", "演示机械", "G-30", "SN-2", None, None),
    )
    finding = Finding("DG-01", "接地电阻", "较重", "转工单", "接地极锈蚀，需更换")
    known: dict[str, object] = {
        "checklists": (
            Checklist("接地检测", 1, (failed, lamps), "DG-01"),
            Checklist("接地检测", 1, (failed,), "DG-02", "设备停电检修"),
        ),
        "readings": (replace(_reading(), machine="DG-01"),),
        "round": Round(machines, "2026-11-22", "2026-11-20", "2026-11-25", NOON + 259_200_000, (finding,)),
    }
    return replace(_sample(), **{**known, **changes})
