import keras
from keras import layers


def build(timesteps, features, units, horizon):
    """Encoder and decoder; the decoder begins where the encoder ended."""
    inputs = keras.Input(shape=(timesteps, features))
    vector = layers.LSTM(units)(inputs)  # (batch, units)
    outputs = layers.Dense(horizon)(vector)  # (batch, horizon)
    return keras.Model(inputs, outputs)


print(build(timesteps=48, features=1, units=8, horizon=24).output_shape)
