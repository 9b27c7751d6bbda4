"""PostgreSQL as Django knows it, that is told for whom it is asked."""
