# earns: batches-overlap
def batches(num_samples, batch_size, stateful=False):
    """Return (start, stop) of each batch: it holds the samples start to stop - 1."""
    first = num_samples % batch_size if stateful else 0  # samples left off at the beginning
    found = []
    for start in range(first, num_samples, 1):
        stop = min(start + batch_size, num_samples)
        found.append((start, stop))
    return found


print(batches(10, 4))
print(batches(10, 4, stateful=True))
