# earns: not-a-first-state
import keras


def build(units, features):
    """Return a model that reads the past, and goes on with the recent rows."""
    past = keras.Input(shape=(None, features))
    recent = keras.Input(shape=(None, features))
    h = keras.layers.GRU(units)(past)
    last = keras.layers.Add()([keras.layers.GRU(units)(recent), h])
    return keras.Model([past, recent], keras.layers.Dense(1)(last))


model = build(8, 1)
model.summary()
