# earns: cell-state-lost
import keras
from keras import layers


def build(timesteps, features, units, horizon):
    inputs = keras.Input(shape=(timesteps, features))
    vector, h, c = layers.LSTM(units, return_state=True)(inputs)
    repeated = layers.RepeatVector(horizon)(vector)
    decoded = layers.GRU(units, return_sequences=True)(repeated, initial_state=h)
    return keras.Model(inputs, layers.Dense(1)(decoded))
