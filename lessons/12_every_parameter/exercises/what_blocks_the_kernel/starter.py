def blockers(kind, arguments):
    """Return the names of the arguments that block the fused kernel, in alphabetical order."""
    return []


print(blockers("LSTM", {"units": 8, "unroll": True, "activation": "relu"}))
