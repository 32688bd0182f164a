"""What can be wrong with a file, or with one of its rows, in a sentence for the person who brought it."""


class FileProblem(ValueError):
    """The file cannot be imported at all; nothing was changed."""


class Refused(ValueError):
    """One row cannot be taken; it goes to FILE.errors.xlsx with this reason, and the others go on."""
