"""YAML at the edge: parsed once, every error at once, into frozen values."""
