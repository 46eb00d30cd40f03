"""Panels: thousands of series and targets at once, from a frame, from files, on many machines."""
