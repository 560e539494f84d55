"""One small pure function per screen: (view, moment, theme) -> Scene."""
