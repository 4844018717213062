"""The robot of the contract, where tests look for it; it lives with the audits, which need it too."""

from accessibility.robot import End, Lost, Person, Robot, Seen, code_sent_to, on_new_phone, people, person

__all__ = ["End", "Lost", "Person", "Robot", "Seen", "code_sent_to", "on_new_phone", "people", "person"]
