"""People who answer a survey all at once: who they are, how they ask, what is kept of them."""
