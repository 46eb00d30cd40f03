"""The answers: probability, growth required, evidence, of one target, a plan, or many series."""
