"""Measurements at scale, on collections of case files that are made up here: every company in them is 架空."""
