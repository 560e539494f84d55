"""Facts and rules: what was reported, what was asked for, who earned it. Pure, standard library only."""
