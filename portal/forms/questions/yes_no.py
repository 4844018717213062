"""Yes or no, in the portal's own words unless the service has better ones."""

from __future__ import annotations

from portal.forms.questions.choice import ChoiceKind


class YesNoKind(ChoiceKind):
    """Two radio buttons; kept as "yes" or "no"."""
