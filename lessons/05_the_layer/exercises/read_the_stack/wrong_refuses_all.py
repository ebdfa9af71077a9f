# earns: possible-refused
def summary(stack, timesteps, features):
    """Return (shape, parameters) for each layer, or None for a stack that Keras refuses."""
    lines = []
    incoming, is_sequence = features, True
    for units, return_sequences in stack:
        if is_sequence:
            return None
        shape = (None, timesteps, units) if return_sequences else (None, units)
        lines.append((shape, 4 * (units * (incoming + units) + units)))
        incoming, is_sequence = units, return_sequences
    return lines


print(summary([(8, True), (4, False)], timesteps=24, features=1))
