"""How the product speaks Indonesian: `names` of codes, `numbers`, `times` and `alarms` as newspapers print them."""
