"""The site: settings, URL root, base templates."""
