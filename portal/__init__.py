"""Shohoj Sheba: public services of Bangladesh, from one question a page to the office that decides."""
