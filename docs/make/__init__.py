"""What makes the documentation site: pages run, tables filled in, kinds and names listed."""
