"""Everything that touches the database or the blob folder."""
