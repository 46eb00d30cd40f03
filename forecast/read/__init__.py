"""Reading what users write: histories and plans, from CSV, TOML, Excel and DataFrames."""
