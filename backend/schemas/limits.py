"""What one request, one operation and one photo may hold at most; the app checks them before it says "saved"."""

LIMITS = {
    "operation_bytes": 393_216,
    "request_bytes": 4_194_304,
    "request_operations": 500,
    "group_operations": 50,
    "chunk_bytes": 262_144,
    "photo_bytes": 26_214_400,
    "depth": 24,
}
