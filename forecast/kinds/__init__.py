"""The kinds of target: what it can mean to meet one."""
