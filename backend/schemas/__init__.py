"""What data may look like: the synced types, their labels and the model exported for the app."""
