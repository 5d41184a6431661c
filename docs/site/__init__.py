"""The site made of docs/: `make docs` writes it to dist/docs, to open without a server."""
