"""What `make_sounds.py` makes its sounds of."""
