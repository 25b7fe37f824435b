"""The real parts tests run against: a PostgreSQL, a Chromium, a server process."""
