import keras
import numpy as np

source, given = keras.Input((7, 3)), keras.Input((5, 2))
_, h, c = keras.layers.LSTM(4, return_state=True)(source)
decoder, head = keras.layers.LSTM(4, return_sequences=True), keras.layers.Dense(1)
model = keras.Model([source, given], head(decoder(given, initial_state=[h, c])))
model.compile("adam", "mse")
past, fed = np.random.rand(16, 7, 3), np.random.rand(16, 5, 2)
model.fit([past, fed], np.random.rand(16, 5, 1), epochs=1, verbose=0)
h_in, c_in = keras.Input((4,)), keras.Input((4,))
alone = keras.Model([given, h_in, c_in], head(decoder(given, initial_state=[h_in, c_in])))
alone.predict([fed, np.zeros((16, 4)), np.zeros((16, 4))], verbose=0)
