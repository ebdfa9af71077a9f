import keras
import numpy as np
from keras import layers

rng = np.random.default_rng(0)
series = (np.arange(144) * 2 + 100 + 20 * np.sin(np.arange(144) / 2)).astype("float32").reshape(-1, 1)
low, high = series.min(), series.max()
series = (series - low) / (high - low)
train, test = series[:96], series[96:]


def create_dataset(data, look_back=3):
    rows = [data[i : i + look_back, 0] for i in range(len(data) - look_back - 1)]
    return np.array(rows), np.array([data[i + look_back, 0] for i in range(len(data) - look_back - 1)])


trainX, trainY = create_dataset(train)
testX, testY = create_dataset(test)
trainX = np.reshape(trainX, (trainX.shape[0], 1, trainX.shape[1]))
testX = np.reshape(testX, (testX.shape[0], 1, testX.shape[1]))
model = keras.Sequential()
model.add(layers.LSTM(4, input_shape=(1, 3)))
model.add(layers.Dense(1))
model.compile(loss="mean_squared_error", optimizer="adam")
model.fit(trainX, trainY, epochs=100, batch_size=1, verbose=2)
predicted = model.predict(testX)
predicted = predicted * (high - low) + low
score = np.sqrt(np.mean((testY * (high - low) + low - predicted[:, 0]) ** 2))
