"""What is asked: targets of every kind, plans, and how they are read."""
