"""Background work: what takes longer than a page may wait, with its progress, its end and its error."""
