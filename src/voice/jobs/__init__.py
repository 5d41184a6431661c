"""Jobs: work that happens after a page has answered, kept in Postgres by pgqueuer."""
