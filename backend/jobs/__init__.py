"""Work that nobody asks for over HTTP."""
