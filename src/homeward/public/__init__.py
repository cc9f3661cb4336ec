"""The pages that are open to everybody: the brief, exchanges, agreements, sources, the feed and the downloads."""
