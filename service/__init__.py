"""The product: what the agency's communications team stores, searches, is alerted to and reads each morning."""
