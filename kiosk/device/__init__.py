"""The TV and the board."""
