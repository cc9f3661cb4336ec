"""How the record is told: message catalogues, numbers and dates in words. Plain Python, no Django."""
