"""The database: where answers, decisions and pledges are kept."""
