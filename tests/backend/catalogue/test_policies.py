"""Each number of the sources that belongs to a shipped policy stands in it with the same value and calendar (R-001)."""

import shutil
from pathlib import Path

import pytest

from backend.catalogue.document import CatalogueError
from backend.catalogue.loader import FOLDER, load, load_policies
from backend.domain.service_policy import blank
from tests.backend.company import Company

POLICIES = {one["key"]: one for one in load().policies}

# Source -> policy, timer, case, band, level or grade, priority, start, limit, unit, and any calendar of its own.
TIMERS = """
T-001 rental-standard   respond        -               urgent   received                 60     min
T-002 rental-standard   arrive         -               urgent   received                 240    min
T-003 rental-standard   respond        -               general  received                 240    min
T-004 rental-standard   arrive         -               general  received                 1440   min
T-005 rental-standard   plan           -               general  received                 1440   min
T-007 rental-standard   arrive         -               planned  appointment_start        120    min
T-017 rental-quality    assign         -               -        received                 60     min
T-031 rental-quality    assign         -               -        received                 60     min
T-032 rental-quality    assign         remote          -        remote_failed            240    min
T-033 rental-quality    start          -               urgent   received                 240    min
T-034 roadheader        respond,assign -               -        received                 1440   min
T-038 it-system         reply          A,B             -        received                 10     min
T-039 it-system         reply          C               -        received                 30     min
T-041 it-system         report         -               -        finished                 3      wd
T-042 supply-2-12       respond        -               -        received                 120    min
T-042 supply-2-12-b     respond        -               -        received                 120    min
T-043 supply-2-12       arrive         -               -        received                 720    min
T-043 supply-2-12-b     arrive         -               -        received                 720    min
T-044 supply-2-12       arrive         guidance        -        received                 1440   min
T-050 led-screen        factory        -               -        received_at_factory      5      wd cn-office
T-052 hospital-it       reply          -               -        received                 60     min
T-052 hospital-it-w     reply          -               -        received                 60     min
T-053 hospital-it       solve          -               -        received                 480    min
T-053 hospital-it-r     solve          -               -        received                 480    min
T-054 hospital-it       plan           complex         -        received                 3      wd cn-office
T-055 hospital-it       arrive         city            -        remote_failed            120    min
T-056 hospital-it       arrive         surroundings    -        remote_failed            720    min
T-057 hospital-it       arrive         other_provinces -        remote_failed            2880   min
T-059 it-integration    arrive         -               -        received                 60     min
T-060 it-integration    assign         -               -        received                 60     min
T-061 it-integration    solve          -               -        received                 720    min
T-067 conduct-general   arrive         -               -        appointment_start        0      min
T-069 solar             arrive         agent           -        received                 240    min
T-070 solar             arrive         -               -        received                 720    min
T-074 door              arrive         -               -        received                 120    min
T-079 software-web      arrive         -               -        received                 -      wd cn-office
T-085 fit-out           reply          -               -        received                 1440   min
T-086 building-services respond        -               -        received                 30     min
T-087 building-services arrive         -               -        received                 120    min
T-088 building-services solve          -               -        received                 240    min
T-089 building-services assign         emergency       -        received                 0      min
T-094 agri-dealer       assign         -               -,urgent received                 120,0  min
T-095 agri-dealer       assign         agent           -        received                 120    min
T-103 lighting-supply   solve          warranty        -        received                 1440   min
T-107 lighting-supply   arrive         defect          -        received                 1440   min
T-108 lighting-supply   plan           defect          -        received                 2880   min
T-109 lighting-supply   replace        defect          -        received                 4320   min
T-110 lighting-supply   arrive         emergency       -        remote_failed            480    min
T-111 lighting-supply   solve          emergency       -        arrived                  120    min
T-116 lighting-supply   assign         -               -        received                 1440   min
T-117 lighting-om       arrive         emergency       -        received                 30     min
T-130 lighting-om       respond        emergency       -        received                 0      min
T-131 metering          reply,arrive   -               -        received,appointment_end 1440,0 min
T-136 equipment-motor   arrive         -               -        received                 120    min
T-137 equipment-motor   solve          -               -        arrived                  120    min
T-146 lighting-supply   solve          -               -        received                 1440   min
"""

# Source -> where the number stands in the settings of its policy.
SETTINGS = [
    ("T-006", "rental-standard", "planned_lead", "days", 7),
    ("T-062", "it-integration", "callback", "rules.1.every_months", 1),
    ("T-063", "it-integration", "patrol", "plans.0.every_months", 3),
    ("T-064", "it-integration", "training", "months", [5, 10]),
    ("T-065", "it-integration", "warranty", "months", 36),
    ("T-066", "it-integration", "start_up_notice", "days", 7),
    ("T-072", "solar", "patrol", "per_year", 2),
    ("T-073", "solar", "training", "after_acceptance_days", 2),
    ("T-090", "building-services", "warranty", "months", 24),
    ("T-091", "building-services", "callback", "rules.1.per_year", 2),
    ("T-092", "building-services", "warranty_card", "months", 1),
    ("T-093", "building-services", "retention", "years", 5),
    ("T-101", "lighting-supply", "warranty", "months", 24),
    ("T-102", "lighting-supply", "parts", "shelf_hold_months", 60),
    ("T-106", "lighting-supply", "warranty", "latent_months", 24),
    ("T-115", "lighting-supply", "named_engineers", "count", 2),
    ("T-118", "lighting-om", "crew", "repair_staff", 5),
    ("T-125", "lighting-om", "limits", "mast_lamps_out_percent", 40),
    ("T-126", "lighting-om", "limits", "earth_ohm", "4"),
    ("T-127", "lighting-om", "limits", "insulation_megohm", "0.5"),
    ("T-016", "rental-quality", "delivery", "plan_hours", 2),
    ("T-018", "rental-quality", "kpi", "good_condition_percent", 90),
    ("T-019", "rental-quality", "patrol", "plans.0.every_months", 3),
    ("T-020", "rental-quality", "kpi", "satisfaction_percent", 85),
    ("T-021", "rental-quality", "contract", "sign_working_days", 3),
    ("T-022", "rental-quality", "contract", "penalty_percent", 10),
    ("T-023", "rental-quality", "complaint", "acknowledge.hours", 24),
    ("T-024", "rental-quality", "complaint", "investigate.hours", 48),
    ("T-025", "rental-quality", "complaint", "execute.working_days", 3),
    ("T-026", "rental-quality", "complaint", "analysis.every_months", 1),
    ("T-027", "rental-quality", "complaint", "audit.every_months", 1),
    ("T-107", "lighting-supply", "complaint", "arrive.hours", 24),
    ("T-108", "lighting-supply", "complaint", "investigate.hours", 48),
    ("T-015", "rental-quality", "hotline", "first_reply_seconds", 30),
    ("T-028", "rental-quality", "hotline", "rings", 3),
    ("T-029", "rental-quality", "hotline", "after_hours_minutes", 5),
    ("T-030", "rental-quality", "hotline", "chat_reply_seconds", 30),
    ("T-035", "field-install", "expiry_reminder", "months", 3),
    ("T-036", "it-system", "severities", "level_1_after_minutes", 10),
    ("T-037", "it-system", "duty_line", "hours", 24),
    ("T-040", "it-system", "loaner", "hours", 4),
    ("T-045", "supply-2-12", "replacement", "0.count", 3),
    ("T-046", "supply-2-12", "training", "per_year", 2),
    ("T-045", "supply-2-12-b", "replacement", "0.comparator", ">="),
    ("T-047", "gripper-system", "hotline", "change_told_within_days", 3),
    ("T-048", "gripper-system", "patrol", "plans.0.every_months", 1),
    ("T-049", "led-screen", "design", "days", 2),
    ("T-051", "led-screen", "callback", "rules.0.rule", "CB-02"),
    ("T-058", "hospital-it", "warranty", "months", 12),
    ("T-068", "service-dept", "callback", "rules.1.months", [7, 8]),
    ("T-075", "door", "warranty", "months", 24),
    ("T-076", "door", "charging", "labour_cap_per_hour", "10"),
    ("T-077", "door", "project_manager", "satisfaction_alarm_percent", 50),
    ("T-078", "door", "management_visits", "per_project", 1),
    ("T-080", "software-web", "returns", "days", None),
    ("T-081", "software-web", "reviews", "weekly_report", True),
    ("T-082", "software-web", "reviews", "monthly_review_of_records", 5),
    ("T-083", "software-web", "repeated_problems", "warned_every_months", [1, 3, 12]),
    ("T-084", "software-web", "training", "first_return_free", True),
    ("T-096", "agri-dealer", "check", "hours", 4),
    ("T-097", "agri-dealer", "dealer", "return_card_days", 20),
    ("T-098", "agri-dealer", "dealer", "parts_plan_days", 30),
    ("T-099", "agri-dealer", "old_parts", "dates", None),
    ("T-100", "agri-dealer", "dealer", "unsold_seasons", 2),
    ("T-132", "metering", "complaint", "opinion.working_days", 2),
    ("T-133", "metering", "escalation", "step_hours", 2),
    ("T-134", "metering", "warranty", "choices", [24, 72]),
    ("T-135", "metering", "kpi", "handled_percent", 100),
    ("T-138", "equipment-motor", "warranty", "1.months", 120),
    ("T-139", "equipment-motor", "callback", "rules.1.every_months", 12),
    ("T-142", "service-dept", "staff", "service", 2),
    ("T-144", "equipment-motor", "vehicles", "count", 2),
    ("T-145", "fit-out", "conduct", "checklist", True),
    ("T-140", "paid-repair", "callback", "rules.0.after_days", [3, 7]),
    ("T-141", "paid-repair", "hotline", "hours", 24),
]


@pytest.mark.parametrize("row", TIMERS.strip().splitlines())
def test_r_002_each_timer_of_the_sources_is_in_its_policy(row: str):
    source, policy, name, condition, priority, start, limit, unit, *calendar = row.split()
    timers = [one for one in POLICIES[policy]["timers"] if source in one["source"].split(", ")]
    found = [told(timers, *keys) for keys in (("name",), CONDITIONS, ("priority",), ("start",), ("limit",), ("unit",))]
    assert found == [name, condition, priority, start, limit, unit]
    assert told(timers, "calendar") == (calendar or ["24x7"])[0]


CONDITIONS = ("case", "band", "severity", "grade")


def told(timers: list[dict], *keys: str) -> str:
    """The different values that the timers of one source have under one of the keys."""
    values = [next((str(one[key]) for key in keys if one[key] is not None), "-") for one in timers]
    return ",".join(dict.fromkeys(values))


@pytest.mark.parametrize(("source", "policy", "setting", "path", "expected"), SETTINGS)
def test_r_002_each_other_number_of_the_sources_is_in_its_policy(source, policy, setting, path, expected):
    found = POLICIES[policy]["settings"][setting]
    assert source in str(found)
    for step in path.split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    assert found == expected


@pytest.mark.parametrize(
    ("policy", "rule"),
    [
        ("supply-2-12-b", (3, ">=", True, "asset_fault", "replace_asset")),
        ("lighting-supply", (3, ">", False, "component", "replace_component")),
    ],
)
def test_r_011_replacing_is_set_by_count_comparison_succession_scope_and_result(policy: str, rule: tuple):
    found = POLICIES[policy]["settings"]["replacement"][0]
    assert tuple(found[name] for name in ("count", "comparator", "consecutive", "scope", "outcome")) == rule


def test_r_002_all_patrol_intervals_of_the_lighting_sources_are_there():
    plans = [*_plans("lighting-om"), *_plans("lighting-supply")]
    sources = {one["source"] for one in plans}
    assert {f"T-{number}" for number in (112, 113, 114, 119, 120, 121, 122, 123, 124, 128, 129)} <= sources


def test_every_patrol_and_question_template_that_a_policy_names_exists():
    catalogue = load()
    templates = {one["key"] for one in catalogue.checklists}
    questions = {one["key"] for one in catalogue.questions}
    assert all(plan["template"] in templates for key in POLICIES for plan in _plans(key))
    rules = [rule for one in POLICIES.values() for rule in one["settings"]["callback"]["rules"]]
    assert all(rule.get("template", "Q-A") in questions for rule in rules)


def test_r_002_all_thirty_three_policies_and_the_fallback_are_there():
    assert len(POLICIES) == 34
    assert all(one["timers"] and one["source"] for one in POLICIES.values())


def test_r_008_only_policies_whose_source_leaves_a_number_open_are_not_active():
    left_open = {key: blank(one) for key, one in POLICIES.items() if not one["active"]}
    assert left_open == {
        "agri-dealer": "settings/old_parts/dates",
        "door": "settings/callback/rules/1/every_months",
        "electromechanical": "settings/callback/rules/1/every_months",
        "gripper-system": "timers/0/limit",
        "it-system": "timers/3/limit",
        "led-screen": "settings/patrol/every_months",
        "metering": "settings/warranty/months",
        "service-dept": "settings/callback/rules/2/every_months",
        "software-web": "timers/0/limit",
        "water-purifier": "settings/maintenance/every_months",
    }


def test_r_008_what_is_left_open_cannot_be_made_active_and_is_named(company: Company):
    known = {**POLICIES["led-screen"], "active": True}
    desk = company.speaker("admin")
    made = desk.operation("service_policy", "5" * 32, "5" * 32, "create", {"values": known})
    (answer,) = desk.sync(made)["answers"]
    assert answer["verdict"] == "parked"
    assert answer["detail"]["at"] == "settings/patrol/every_months"


def test_every_timer_and_plan_of_thirty_three_policies_follows_from_a_number_with_a_source():
    timers = [timer for one in POLICIES.values() for timer in one["timers"]]
    settings = [setting for one in POLICIES.values() for setting in one["settings"].items()]
    assert all(timer["source"] for timer in timers)
    unsourced = {name for name, value in settings if "source" not in str(value)}
    assert unsourced == set()


def policies_with(folder: Path, name: str, text: str) -> Path:
    """The shipped policies and one more."""
    shutil.copytree(FOLDER / "policies", folder / "policies")
    (folder / "policies" / name).write_text(text, encoding="utf-8")
    return folder / "policies"


HEAD = "version: 1\nname: {zh-CN: 甲, zh-TW: 甲, en: A}\n"


def test_r_008_a_blank_limit_is_read_but_the_policy_is_not_active(tmp_path: Path):
    timer = "  - {name: arrive, start: received, limit: null, source: T-079}\n"
    text = f"key: blank\nextends: default\n{HEAD}timers:\n{timer}"
    found = {one["key"]: one for one in load_policies(policies_with(tmp_path, "blank.yaml", text))}
    assert found["blank"]["active"] is False


def test_r_005_a_file_may_say_from_which_day_it_holds_for_itself_alone(tmp_path: Path):
    own = f"key: a\nextends: default\n{HEAD}valid_from: 2026-12-01\ntimers: []\n"
    folder = policies_with(tmp_path, "a.yaml", own)
    (folder / "b.yaml").write_text(f"key: b\nextends: a\n{HEAD}timers: []\n", encoding="utf-8")
    found = {one["key"]: one.get("valid_from") for one in load_policies(folder)}
    assert (found["a"], found["b"]) == ("2026-12-01", None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"key: a\n{HEAD}valid_from: 2026-02-30\ntimers: []\n", r"x\.yaml:4: valid_from: there is no such day"),
        (f"key: a\n{HEAD}valid_from: soon\ntimers: []\n", r"x\.yaml:4: valid_from: not_day"),
        (f"key: a\nextends: a\n{HEAD}timers: []\n", r"x\.yaml:2: extends: a policy extends itself: a -> a"),
        (f"key: a\nextends: b\n{HEAD}timers: []\n", r"x\.yaml:2: extends: there is no policy b"),
        (f"key: a\n{HEAD}colour: red\ntimers: []\n", r"x\.yaml:4: colour: unknown key"),
        (
            f"key: a\n{HEAD}timers:\n  - {{name: arrive, start: received, limit: soon, source: s}}\n",
            r"x\.yaml:5: timers\[0\]: limit is",
        ),
        (
            f"key: a\n{HEAD}timers:\n  - {{name: fly, start: received, limit: 4h, source: s}}\n",
            r"x\.yaml:5: timers\[0\]: ",
        ),
    ],
)
def test_r_001_a_mistake_in_a_policy_is_named_by_file_line_and_key(tmp_path: Path, text: str, message: str):
    with pytest.raises(CatalogueError, match=message):
        list(load_policies(policies_with(tmp_path, "x.yaml", text)))


def _plans(key: str) -> list[dict]:
    return POLICIES[key]["settings"].get("patrol", {}).get("plans", [])
