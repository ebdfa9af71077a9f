WHOLE = ("units", "seed")
SHARES = ("dropout", "recurrent_dropout")
SWITCHES = ("return_sequences", "stateful", "use_bias")


def layer_arguments(settings):
    arguments = {}
    for name, text in settings.items():
        if name in WHOLE:
            arguments[name] = int(text) if text else None
        elif name in SHARES:
            arguments[name] = float(text.replace("%", "")) if text else None
        elif name in SWITCHES:
            arguments[name] = bool(text)
        else:
            arguments[name] = text or None
    return arguments


print(layer_arguments({"units": "8", "dropout": "20 %", "stateful": "False", "activation": ""}))
