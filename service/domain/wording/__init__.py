"""How the product speaks Indonesian: `names` of codes, `numbers` and `times` as newspapers print them."""
