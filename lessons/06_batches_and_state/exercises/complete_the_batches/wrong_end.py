# earns: left-off-at-the-end
def batches(num_samples, batch_size, stateful=False):
    """Return (start, stop) of each batch: it holds the samples start to stop - 1."""
    if stateful:
        num_samples -= num_samples % batch_size
    found = []
    for start in range(0, num_samples, batch_size):
        stop = min(start + batch_size, num_samples)
        found.append((start, stop))
    return found


print(batches(10, 4))
print(batches(10, 4, stateful=True))
