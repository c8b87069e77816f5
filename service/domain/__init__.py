"""Pure rules on pure values: article, story, alert, digest, query. No input or output."""
