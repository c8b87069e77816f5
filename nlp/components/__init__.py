"""spaCy components, Doc to Doc, registered by name; one module a component."""
