"""Each number of the sources that belongs to a shipped policy stands in it with the same value and calendar (R-001)."""

import shutil
from pathlib import Path

import pytest

from backend.catalogue.document import CatalogueError
from backend.catalogue.loader import FOLDER, load, load_policies

POLICIES = {one["key"]: one for one in load().policies}

# Source -> policy, timer, case, priority, start, limit, unit; all of them run round the clock.
TIMERS = """
T-001 rental-standard   respond -         urgent  received          60   min
T-002 rental-standard   arrive  -         urgent  received          240  min
T-003 rental-standard   respond -         general received          240  min
T-004 rental-standard   arrive  -         general received          1440 min
T-005 rental-standard   plan    -         general received          1440 min
T-007 rental-standard   arrive  -         planned appointment_start 120  min
T-059 it-integration    arrive  -         -       received          60   min
T-060 it-integration    assign  -         -       received          60   min
T-061 it-integration    solve   -         -       received          720  min
T-069 solar             arrive  agent     -       received          240  min
T-070 solar             arrive  -         -       received          720  min
T-086 building-services respond -         -       received          30   min
T-087 building-services arrive  -         -       received          120  min
T-088 building-services solve   -         -       received          240  min
T-089 building-services assign  emergency -       received          0    min
T-103 lighting-supply   solve   warranty  -       received          1440 min
T-107 lighting-supply   arrive  defect    -       received          1440 min
T-108 lighting-supply   plan    defect    -       received          2880 min
T-109 lighting-supply   replace defect    -       received          4320 min
T-110 lighting-supply   arrive  emergency -       remote_failed     480  min
T-111 lighting-supply   solve   emergency -       arrived           120  min
T-116 lighting-supply   assign  -         -       received          1440 min
T-117 lighting-om       arrive  emergency -       received          30   min
T-130 lighting-om       respond emergency -       received          0    min
T-146 lighting-supply   solve   -         -       received          1440 min
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
    ("T-140", "paid-repair", "callback", "rules.0.after_days", [3, 7]),
    ("T-141", "paid-repair", "hotline", "hours", 24),
]


@pytest.mark.parametrize("row", TIMERS.strip().splitlines())
def test_r_002_each_timer_of_the_sources_is_in_its_policy(row: str):
    source, policy, name, case, priority, start, limit, unit = row.split()
    (timer,) = [one for one in POLICIES[policy]["timers"] if one["source"] == source]
    found = [timer["name"], timer["case"] or "-", timer["priority"] or "-", timer["start"], str(timer["limit"])]
    assert [*found, timer["unit"], timer["calendar"]] == [name, case, priority, start, limit, unit, "24x7"]


@pytest.mark.parametrize(("source", "policy", "setting", "path", "expected"), SETTINGS)
def test_r_002_each_other_number_of_the_sources_is_in_its_policy(source, policy, setting, path, expected):
    found = POLICIES[policy]["settings"][setting]
    assert source in str(found)
    for step in path.split("."):
        found = found[int(step)] if step.isdigit() else found[step]
    assert found == expected


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


def test_r_001_every_shipped_policy_is_complete_and_active():
    assert {key for key, one in POLICIES.items() if not one["active"]} == set()


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


@pytest.mark.parametrize(
    ("text", "message"),
    [
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
