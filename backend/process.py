"""How this process shares itself out: what lives as long as the server is not looked at again, and turns are short."""

import gc
import sys

# A push makes thousands of objects and hardly a cycle: at Python's own pace the collector took a twentieth of it.
SELDOM = (20_000, 20, 50)
# Whoever comes back from the disk holds the only write lock: others give him the interpreter soon, not after 5 ms.
TURN_SECONDS = 0.001


def settle() -> None:
    """Call it once everything is loaded, in whatever serves or schedules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    sys.setswitchinterval(TURN_SECONDS)
