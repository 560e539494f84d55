"""The only place that draws with pygame."""

import os

# pygame prints a line when imported; standard output belongs to the commands.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
