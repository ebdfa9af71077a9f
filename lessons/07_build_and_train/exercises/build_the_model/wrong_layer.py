# earns: wrong-type
import keras


def build(timesteps, features, units, horizon, learning_rate):
    """Return a compiled model with one LSTM."""
    return keras.layers.LSTM(units, input_shape=(timesteps, features))
