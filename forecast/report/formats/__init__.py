"""One format a file: the same blocks as a web page, Word, Excel, Markdown, JSON or CSV."""
