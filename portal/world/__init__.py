"""A world of invented people and requests, made through the services that people use: for the demo and the tests."""
