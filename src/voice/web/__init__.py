"""The web ground floor: views, templates, forms, problems and protection, for every room."""
