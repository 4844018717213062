"""What can be wrong with a definition, one subject a file; `portal.forms.check` asks them all."""
