"""The rules of the trade: pure functions over records, one file per noun."""
