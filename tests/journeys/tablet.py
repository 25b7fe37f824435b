"""A tablet: a real browser with a profile that outlives it, to be closed, cut off, killed and opened again."""

import base64
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tests.support.chromium import LAUNCH_ARGS

PATIENCE_MS = 20_000
FAKE_CAMERA = "--use-fake-device-for-media-stream"
PLACE = {"latitude": 31.2, "longitude": 121.43, "accuracy": 12}
PHONE = {"width": 390, "height": 844}
DESK = {"viewport": {"width": 1366, "height": 900}, "has_touch": False}

# What a user's tablet keeps, open to a script behind the app's back; `all` gives the result of a request.
BEHIND_THE_APP = """async ([user, given]) => {
  const opening = indexedDB.open(`huizhi-user-${user}`);
  const database = await new Promise((done) => (opening.onsuccess = () => done(opening.result)));
  const all = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  try {
    return await (%s)(database, all, given);
  } finally {
    database.close();
  }
}"""

STORED_BYTES = """async (database, all) => {
  const store = database.transaction('bytes').objectStore('bytes');
  const [names, blobs] = await Promise.all([all(store.getAllKeys()), all(store.getAll())]);
  const text = async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  };
  const texts = await Promise.all(blobs.map(text));
  return Object.fromEntries(names.map((name, at) => [name, texts[at]]));
}"""

# Asked again and again it would be evaluated in the page, which its policy forbids.
CONTROLLED = """() => new Promise((done) => {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller) done();
  else serviceWorker.addEventListener("controllerchange", () => done(), { once: true });
})"""


class Tablet:
    """One device; `page` is what is on its screen."""

    def __init__(self, playwright: Playwright, browser: str, profile: Path, url: str, **settings: Any) -> None:
        self.profile, self.url = profile, url
        self._playwright, self._browser = playwright, browser
        self._arguments = [*LAUNCH_ARGS, *settings.pop("arguments", ())]
        self._settings = {"viewport": PHONE, "locale": "zh-CN", "has_touch": True, **settings}
        self._context: BrowserContext | None = None
        self.errors: list[str] = []

    @property
    def context(self) -> BrowserContext:
        """The running browser."""
        assert self._context, "the browser is closed"
        return self._context

    @property
    def page(self) -> Page:
        """The screen in front."""
        return self.context.pages[0]

    def open(self, hash_path: str = "", offline: bool = False, room: int | None = None) -> Page:
        """Starts the browser on this tablet's own profile and opens the app, which may fill `room` bytes."""
        self._context = self._playwright.chromium.launch_persistent_context(
            self.profile, executable_path=self._browser, args=self._arguments, **self._settings
        )
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.on("weberror", lambda thrown: self.errors.append(str(thrown.error.stack)))
        self.context.set_offline(offline)
        self.limit_storage(room)
        self.page.goto(f"{self.url}/{hash_path}")
        return self.page

    def locate(self) -> None:
        """Lets the app know where the tablet is."""
        self.context.grant_permissions(["geolocation"], origin=self.url)
        self.context.set_geolocation(PLACE)

    def cut_off(self) -> None:
        """Flight mode."""
        self.context.set_offline(True)

    def connect(self) -> None:
        """The network is back."""
        self.context.set_offline(False)

    def close(self) -> None:
        """Ends the browser as a person does."""
        if self._context:
            self._context.close()
            self._context = None

    def kill(self) -> None:
        """Ends every process of the browser at once, as an empty battery does."""
        (leader,) = self._leaders()
        os.killpg(os.getpgid(leader), signal.SIGKILL)
        with suppress(Error):
            self.context.close()
        self._context = None

    def keep_last_look(self) -> None:
        """A picture of the screen beside the profile, for whoever asks why a journey failed."""
        with suppress(AssertionError, Error):
            self.page.screenshot(path=self.profile.with_suffix(".png"))

    def wait_for_worker(self) -> None:
        """Until the app itself is kept on the tablet."""
        self.page.evaluate(CONTROLLED)

    def limit_storage(self, size: int | None) -> None:
        """Leaves the app this many bytes, or as many as the tablet has; less is noticed only by a new start."""
        limit = {} if size is None else {"quotaSize": size}
        browser = self.context.new_cdp_session(self.page)
        browser.send("Storage.overrideQuotaForOrigin", {"origin": self.url, **limit})

    def look_behind(self, script: str, user: str, given: object = None) -> Any:
        """What `script`, a function of `(database, all, given)`, finds or does in the stores of a user."""
        return self.page.evaluate(BEHIND_THE_APP % script, [user, given])

    def stored_bytes(self, user: str) -> dict[str, bytes]:
        """Every photo this tablet keeps for a user, by its hash."""
        found = self.look_behind(STORED_BYTES, user)
        return {name: base64.b64decode(text) for name, text in found.items()}

    def _leaders(self) -> Iterator[int]:
        """The one process that was started with this profile and started the others."""
        mark = f"--user-data-dir={self.profile}".encode()
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                words = _command(process)
                if mark in words and not any(word.startswith(b"--type=") for word in words):
                    yield int(process.name)


def _command(process: Path) -> list[bytes]:
    try:
        return (process / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return []
