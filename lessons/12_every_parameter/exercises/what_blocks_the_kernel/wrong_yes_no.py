# earns: yes-or-no
NEEDED = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
    "recurrent_dropout": 0,
    "unroll": False,
}


def blockers(kind, arguments):
    """Return the names of the arguments that block the fused kernel, in alphabetical order."""
    needed = dict(NEEDED)
    if kind == "GRU":
        needed["reset_after"] = True
    found = [name for name, value in needed.items() if arguments.get(name, value) != value]
    if arguments.get("use_cudnn", "auto") is False:
        found.append("use_cudnn")
    return not found


print(blockers("LSTM", {"units": 8, "unroll": True, "activation": "relu"}))
