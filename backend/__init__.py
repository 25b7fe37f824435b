"""The server: HTTP, trade rules, storage and jobs around the sync core."""
