"""What is looked at on every page: one module for each family of probes."""
