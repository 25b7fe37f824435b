"""What lives as long as the server need not be looked at by the garbage collector again and again."""

import gc

# A push makes thousands of objects and hardly a cycle: at Python's own pace the collector took a twentieth of it.
SELDOM = (20_000, 20, 50)


def settle() -> None:
    """Call it once everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
