"""Where users already are: other libraries' frames, indices and interfaces, in and out."""
