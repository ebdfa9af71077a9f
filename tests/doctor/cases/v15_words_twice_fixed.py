import keras
import numpy as np

rng = np.random.default_rng(0)
letters = list('abcdefghijklmnop')
train = [''.join(rng.choice(letters, 10)) for _ in range(150)]
test = [''.join(rng.choice(letters, 10)) for _ in range(50)]


def number(texts, words):
    for text in texts:
        for word in text:
            words.setdefault(word, len(words) + 1)
    return np.array([[words[word] for word in text] for text in texts])


def answer(texts):
    return np.array([text[-1] < 'h' for text in texts]).astype('float32')


words = {}
x, x_test = number(train, words), number(test, words)
model = keras.Sequential([keras.Input((10,)), keras.layers.Embedding(20, 8), keras.layers.LSTM(8), keras.layers.Dense(1, activation='sigmoid')])
model.compile('adam', 'binary_crossentropy')
model.fit(x, answer(train), epochs=2, verbose=0)
print(model.evaluate(x_test, answer(test), verbose=0))
