def verdict(errors, baselines):
    """Return the rival to beat, how many seeds beat it, and beaten, not beaten or undecided."""
    return "persistence", 0, "undecided"


print(verdict([2.2, 2.5], {"persistence": 3.1, "seasonal naive": 2.4}))
