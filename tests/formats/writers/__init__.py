"""Tests of the writers and of the readers of our own formats."""
