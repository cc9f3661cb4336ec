"""How probable: peeling, likelihood ratios, family tables, joint identification."""
