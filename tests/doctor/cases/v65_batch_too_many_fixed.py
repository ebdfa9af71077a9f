import keras
import numpy as np

rng = np.random.default_rng(0)


class Batches(keras.utils.PyDataset):
    def __init__(self, rows, labels):
        super().__init__()
        self.rows, self.labels = rows, labels

    def __len__(self):
        return -(-len(self.rows) // 16)

    def __getitem__(self, number):
        part = self.rows[16 * number:16 * number + 16]
        longest = max(len(one) for one in part)
        x = np.stack([np.pad(one, ((0, longest - len(one)), (0, 0)), constant_values=-9.0) for one in part])
        return x, self.labels[16 * number:16 * number + 16]


rows = [rng.normal(size=(rng.integers(5, 12), 2)).astype('float32') for _ in range(64)]
labels = np.array([one.sum() for one in rows])[:, None]
model = keras.Sequential([keras.Input((None, 2)), keras.layers.Masking(-9.0), keras.layers.LSTM(8), keras.layers.Dense(1)])
model.compile('adam', 'mse')
model.fit(Batches(rows, labels), epochs=2, shuffle=False, verbose=0)
