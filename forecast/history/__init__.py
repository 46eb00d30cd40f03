"""What was observed: one history, many, their catalogue, and how they are read."""
