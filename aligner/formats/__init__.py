"""Files in and out: the registries, one module a format, and what both directions share."""
