"""Review: people agree to, change or refuse what the machine suggests."""
