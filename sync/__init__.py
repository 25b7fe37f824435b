"""The sync engine: pure functions over values; time, ids and randomness are arguments."""
