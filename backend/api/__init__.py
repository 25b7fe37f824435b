"""HTTP in and out: each endpoint parses, calls one use case and returns."""
