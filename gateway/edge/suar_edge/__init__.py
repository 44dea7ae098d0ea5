"""The edge: nginx's configuration, rendered from templates and data. It imports no application."""
