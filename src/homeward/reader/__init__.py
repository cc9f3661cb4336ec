"""Text to claims: what a document asserts about exchanges, each assertion with its quoted span."""
