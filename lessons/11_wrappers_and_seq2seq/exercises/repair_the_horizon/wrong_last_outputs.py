# earns: window-read-in-part
import keras
from keras import layers


def build(timesteps, units, horizon):
    inputs = keras.Input(shape=(timesteps, 1))
    x = layers.LSTM(units, return_sequences=True)(inputs)
    x = layers.TimeDistributed(layers.Dense(1))(x)
    model = keras.Model(inputs, x[:, -horizon:, :])
    model.compile(optimizer="adam", loss="mse")
    return model
