# earns: true-is-false
WHOLE = ("units", "seed")
SHARES = ("dropout", "recurrent_dropout")
SWITCHES = ("return_sequences", "stateful", "use_bias")


def layer_arguments(settings):
    arguments = {}
    for name, text in settings.items():
        if text == "":
            continue
        if name in WHOLE:
            arguments[name] = int(text)
        elif name in SHARES:
            arguments[name] = float(text.replace("%", "")) / 100
        elif name in SWITCHES:
            arguments[name] = text == True  # noqa: E712
        else:
            arguments[name] = text
    return arguments


print(layer_arguments({"units": "8", "dropout": "20 %", "stateful": "False", "activation": ""}))
