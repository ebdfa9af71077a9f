# earns: no-decoder
import keras
from keras import layers


def build(timesteps, features, units, horizon):
    return keras.Sequential(
        [
            keras.Input(shape=(timesteps, features)),
            layers.LSTM(units, return_sequences=True),
            layers.TimeDistributed(layers.Dense(1)),
        ]
    )
