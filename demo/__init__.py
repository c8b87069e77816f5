"""A sample newsroom: fictitious outlets with invented news, served on 127.0.0.1, and the manifest of what they print."""
