"""Briefings in Word from Japanese case studies and survey matrices; every number carries its origin."""
