"""The clock in a hurry: years of patrols in minutes, schedulers that die, and a month for ten thousand plans."""
