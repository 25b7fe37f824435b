"""Documents the company hands out, rendered from plain data."""
