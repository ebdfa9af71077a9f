# earns: not-by-hand
import keras


def summary(stack, timesteps, features):
    """Return (shape, parameters) for each layer, or None for a stack that Keras refuses."""
    layers = [keras.layers.LSTM(units, return_sequences=returns) for units, returns in stack]
    try:
        keras.Sequential([keras.Input(shape=(timesteps, features)), *layers])
    except ValueError:
        return None
    return [(tuple(layer.output.shape), layer.count_params()) for layer in layers]
