"""Where the bytes of photos live."""
