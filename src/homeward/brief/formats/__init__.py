"""The forms in which a brief is handed out: text, JSON, HTML, PDF."""
