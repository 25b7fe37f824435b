"""The demo company's server and its people."""

import json

from tests.journeys.pages.frame import Frame
from tests.journeys.pages.sign_in import SignIn
from tests.journeys.tablet import Tablet
from tests.journeys.wire import Account
from tests.support.server import Server


class Company:
    """Who works there and how they sign in."""

    def __init__(self, server: Server) -> None:
        self.server = server
        accounts = json.loads((server.data_dir / "demo-accounts.json").read_text())
        self._passwords = {one["username"]: one["password"] for one in accounts}

    @property
    def url(self) -> str:
        """Where the server is, running or not."""
        return self.server.url

    def password(self, username: str) -> str:
        """What this person types."""
        return self._passwords[username]

    def account(self, username: str) -> Account:
        """A program that acts as this person."""
        return Account(self.url, username, self.password(username))

    def sign_in(self, tablet: Tablet, username: str) -> Frame:
        """Opens the app on a tablet and signs a person in."""
        tablet.open()
        return SignIn(tablet.page).sign_in(username, self.password(username))
