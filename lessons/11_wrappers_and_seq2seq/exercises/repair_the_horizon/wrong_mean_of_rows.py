# earns: order-lost
import keras
from keras import layers, ops


def build(timesteps, units, horizon):
    inputs = keras.Input(shape=(timesteps, 1))
    vector = layers.LSTM(units)(ops.mean(inputs, axis=1, keepdims=True))
    model = keras.Model(inputs, layers.Dense(horizon)(vector))
    model.compile(optimizer="adam", loss="mse")
    return model
