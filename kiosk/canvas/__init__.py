"""The only place that draws with pygame."""
