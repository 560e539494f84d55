"""Plays effects; silent where there is no device."""
