"""Doubles that ship with the package and answer at the seams of the real parts."""
