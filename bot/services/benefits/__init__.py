"""Applications for benefits: facts, filing, officers' decisions, the fund, and what others paid."""
