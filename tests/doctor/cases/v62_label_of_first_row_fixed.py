import keras
import numpy as np

rng = np.random.default_rng(0)
state, states = 0, []
for row in range(300):
    state = int(rng.integers(3)) if rng.random() < 0.1 else state
    states.append(state)
states = np.array(states)
motion = np.stack([np.cos(states), np.sin(states)], axis=1) + rng.normal(size=(300, 2)) / 2
x = np.stack([motion[i:i + 10] for i in range(291)])
y = states[9:]
model = keras.Sequential([keras.Input((10, 2)), keras.layers.LSTM(8), keras.layers.Dense(3, activation='softmax')])
model.compile('adam', 'sparse_categorical_crossentropy')
model.fit(x, y, epochs=2, verbose=0)
