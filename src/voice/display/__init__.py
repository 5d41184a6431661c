"""Display: how a person wants pages to look and to be answered, without an account or script."""
