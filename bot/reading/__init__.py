"""From free text to an action and its slots, in English and French, by grammar alone. Names no feature."""
