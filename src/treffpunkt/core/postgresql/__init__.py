"""PostgreSQL, told at the beginning of each transaction for whom it reads."""
