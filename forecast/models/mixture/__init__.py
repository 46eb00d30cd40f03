"""The default model: a reference-trained mixture of structural models."""
