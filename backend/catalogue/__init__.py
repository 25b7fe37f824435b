"""The ready-made catalogue: service policies, checklists, price list and parts as YAML, and their loader."""
