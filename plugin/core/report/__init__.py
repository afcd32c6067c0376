"""Reports: a model of the document, and the same document as a web page and as PDF."""
