# earns: roles-exchanged
import keras


def build(units, features):
    """Return a model that reads the past, and goes on with the recent rows."""
    past = keras.Input(shape=(None, features))
    recent = keras.Input(shape=(None, features))
    _, h = keras.layers.GRU(units, return_state=True)(recent)
    last = keras.layers.GRU(units)(past, initial_state=h)
    return keras.Model([past, recent], keras.layers.Dense(1)(last))


model = build(8, 1)
model.summary()
