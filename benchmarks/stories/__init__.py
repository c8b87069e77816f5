"""How well stories are gathered: copies over an invented press, events over the sample newsroom."""
