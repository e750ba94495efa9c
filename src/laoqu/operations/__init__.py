"""Running an office's Laoqu: serve it, give out the operator account, back it up and restore it."""
