"""Pure engines of Laoqu: they never import Django and work from a notebook or the command line."""
