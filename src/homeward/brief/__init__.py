"""The public account: of one article, and of the whole record."""
