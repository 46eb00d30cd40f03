"""The models: one algorithm a file, one protocol for all."""
