"""The messages of one exchange, one per file."""
