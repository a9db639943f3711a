"""What each language's sentences look like: one file a language, `any` for what holds for all."""
