"""Real elections of participatory budgeting (Pabulib) as problems of the allocation engine."""
