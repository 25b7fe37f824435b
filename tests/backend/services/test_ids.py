"""Ids the server makes."""

import os
import re

from backend.services.ids import device_id, operation_id, record_id

NOW = 1_795_334_400_000


def test_record_ids_are_uuids_of_version_7_in_order_of_time():
    ids = [record_id(NOW + number, os.urandom) for number in range(100)]
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one) for one in ids)
    assert sorted(ids) == ids


def test_a_record_id_begins_with_its_time():
    assert int(record_id(NOW, os.urandom).replace("-", "")[:12], 16) == NOW


def test_operations_and_devices_get_random_ids():
    made = {make(os.urandom) for make in (operation_id, device_id) for _ in range(100)}
    assert len(made) == 200
