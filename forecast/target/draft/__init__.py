"""From a plan's text to its targets: text, contexts, clauses, tables, names, draft; one file a step."""
