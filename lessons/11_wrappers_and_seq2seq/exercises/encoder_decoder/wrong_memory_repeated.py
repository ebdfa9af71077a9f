# earns: memory-repeated
import keras
from keras import layers


def build(timesteps, features, units, horizon):
    """Encoder and decoder; the decoder begins where the encoder ended."""
    inputs = keras.Input(shape=(timesteps, features))
    vector, h, c = layers.LSTM(units, return_state=True)(inputs)  # each (batch, units)
    repeated = layers.RepeatVector(horizon)(c)  # (batch, horizon, units)
    decoded = layers.LSTM(units, return_sequences=True)(repeated, initial_state=[h, c])
    outputs = layers.TimeDistributed(layers.Dense(1))(decoded)  # (batch, horizon, 1)
    return keras.Model(inputs, outputs)
