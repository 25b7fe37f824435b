"""What one request, one operation and one photo may hold at most; the app checks them before it says "saved"."""

from sync.canonical import DEEPEST
from sync.operations import LARGEST_OPERATION
from sync.protocol.request import MOST_OPERATIONS

LIMITS = {
    "operation_bytes": LARGEST_OPERATION,
    "request_bytes": 4_194_304,
    "request_operations": MOST_OPERATIONS,
    "group_operations": 50,
    "chunk_bytes": 262_144,
    "photo_bytes": 26_214_400,
    "depth": DEEPEST,
}
