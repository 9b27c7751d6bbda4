"""Form fields, widgets and template tags that every app uses. Knows nothing of authorizations, people or papers."""
