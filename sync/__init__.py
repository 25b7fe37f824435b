"""The sync core: pure functions over operations and records, standard library only."""
