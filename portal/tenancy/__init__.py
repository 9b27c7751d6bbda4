"""Who sees which rows, by PostgreSQL's own hand: the registry of tables, the role, and the check that it holds."""
