"""How good lists are: measures, exposure, intervals."""
