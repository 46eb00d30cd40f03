"""How good forecasts were: proper scores, reliability, back-tests."""
