"""The guards of the work order's steps, as data that the app evaluates too."""

from collections.abc import Mapping
from typing import Any

ACCEPTANCE = {"equals": ["document", "acceptance"]}

GUARDS: Mapping[str, Mapping[str, Any]] = {
    "assignee": {"set": "assignee"},
    "G-05": {"checklist": {"answered": "prepare"}},
    "offered": {"quotation": ["presented", "consented", "refused"]},
    "presented": {"quotation": ["presented"]},
    "G-07": {"quotation": ["consented"]},
    "G-08": {"quotation": ["refused"]},
    "diagnosis": {"set": "diagnosis"},
    "G-09": {
        "any": [
            {"quotation": ["consented"]},
            {"all": [{"equals": ["entitlement", "free"]}, {"quotation": ["none", "draft"]}]},
        ]
    },
    "G-10": {"checklist": {"answered": "protect"}},
    "G-11": {"every": {"type": "part_use", "holds": {"set": "permission"}}},
    "G-12": {
        "every": {
            "type": "part_use",
            "holds": {
                "any": [
                    {"in": ["source", ["original", "certified", "unified"]]},
                    {"all": [{"equals": ["source", "agreed"]}, {"set": "note"}]},
                ]
            },
        }
    },
    "G-13": {
        "every": {
            "type": "part_use",
            "holds": {"all": [{"equals": ["new_part_shown", True]}, {"set": "disposition"}]},
        }
    },
    "repaired": {"checklist": {"answered": "repair"}},
    "test_started": {"checklist": {"started": "test"}},
    "G-15": {"checklist": {"passed": "test"}},
    "cleaned_up": {"checklist": {"answered": "cleanup"}},
    "after_photo": {"has": {"type": "photo", "where": {"equals": ["slot", "after"]}}},
    "G-16": {
        "all": [
            {"checklist": {"answered": "acceptance"}},
            {
                "any": [
                    {
                        "has": {
                            "type": "signature",
                            "where": {"all": [ACCEPTANCE, {"in": ["act", ["accept", "accept_with_remarks"]]}]},
                        }
                    },
                    {
                        "all": [
                            {
                                "has": {
                                    "type": "signature",
                                    "where": {
                                        "all": [ACCEPTANCE, {"in": ["act", ["refuse", "absent"]]}, {"set": "reason"}]
                                    },
                                }
                            },
                            {"has": {"type": "photo", "where": {"equals": ["slot", "evidence"]}}},
                        ]
                    },
                ]
            },
        ]
    },
    "G-17": {"has": {"type": "rating"}},
    "G-19": {"all": [{"report": ["submitted"]}, {"checklist": {"complete": "all"}}]},
    "photos_stored": {"every": {"type": "photo", "holds": {"equals": ["stored", True]}}},
    "G-20": {
        "all": [
            {"report": ["approved"]},
            {"not": {"has": {"type": "conflict", "where": {"equals": ["state", "open"]}}}},
            {"every": {"type": "photo", "holds": {"equals": ["stored", True]}}},
        ]
    },
    "review_returns": {"report": ["returned"]},
    "patrol": {"in": ["type", ["patrol", "special_patrol"]]},
    "round_complete": {"checklist": {"complete": "all"}},
    "findings": {"checklist": {"found": "all"}},
    "co_signed": {"has": {"type": "signature", "where": ACCEPTANCE}},
    "missed_because": {"set": "missed_because"},
    "hold_reason": {"set": "hold_reason"},
    "cancel_reason": {"set": "cancel_reason"},
}
