"""Speed and quality next to peers and floors, measured in one run; never part of the tests."""
