"""What may come: a distribution in the unit of its indicator."""
