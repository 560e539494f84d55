"""Drawing as data on a logical canvas; pure."""
