"""YAML at the edge: parsed once, every error at once, into frozen values. `kiosk.config.load` is the way in."""
