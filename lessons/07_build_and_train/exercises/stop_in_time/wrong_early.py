# earns: one-epoch-early
def stop_in_time(val_losses, patience):
    """Return the last epoch that is run and the best one, both counted from 1."""
    best_loss, best_epoch, waited = float("inf"), 0, 0
    for epoch, loss in enumerate(val_losses, start=1):
        if loss < best_loss:  # is this an improvement?
            best_loss, best_epoch, waited = loss, epoch, 0
        else:
            waited += 1
            if waited >= patience - 1:  # has the patience run out?
                return epoch, best_epoch
    return len(val_losses), best_epoch


print(stop_in_time([0.9, 0.7, 0.8, 0.6, 0.65, 0.7, 0.75], patience=2))
