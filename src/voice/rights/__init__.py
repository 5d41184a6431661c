"""What people may ask of us: that words are kept no longer than said, and a copy of their own."""
