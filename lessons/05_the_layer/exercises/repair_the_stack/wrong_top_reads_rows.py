# earns: joined-otherwise
import keras
from keras import layers


def build(timesteps, features, units):
    """Return a model with three LSTM layers and one number for each window."""
    inputs = keras.Input(shape=(timesteps, features))
    lower = layers.LSTM(units, return_sequences=True)(inputs)
    _, h, c = layers.LSTM(units, return_sequences=True, return_state=True)(lower)
    top = layers.LSTM(units)(inputs, initial_state=[h, c])
    return keras.Model(inputs, layers.Dense(1)(top))
