"""What is known of languages: one table, tags by the registry, and telling a text's language."""
