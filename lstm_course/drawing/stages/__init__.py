"""The pictures in the cards, one module for each kind of stage."""
