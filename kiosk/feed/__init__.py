"""Where facts come from: files, polled HTTP, the LAN inbox."""
