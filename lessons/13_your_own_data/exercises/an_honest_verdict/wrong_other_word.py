# earns: other-word
def verdict(errors, baselines):
    """Return the rival to beat, how many seeds beat it, and beaten, not beaten or undecided."""
    rival = min(baselines, key=baselines.get)
    wins = sum(error < baselines[rival] for error in errors)
    word = "won" if wins == len(errors) else "mixed" if wins else "lost"
    return rival, wins, word


print(verdict([2.2, 2.5], {"persistence": 3.1, "seasonal naive": 2.4}))
