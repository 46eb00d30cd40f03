"""forecast: can a yearly target be met, and what growth would it take?"""
