"""Which pairs are worth looking at: all remains against all families, exactly and at once."""
