"""Types of single values, with the limits of the tables behind them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from motcua.base.time import local

_NO_NUL = r"^[^\x00]*$"
"""PostgreSQL cannot keep the character NUL in a text."""

Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=_NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=300, pattern=_NO_NUL)]
Short = Annotated[str, StringConstraints(max_length=30, pattern=_NO_NUL)]
Number = Annotated[str, StringConstraints(max_length=20, pattern=_NO_NUL)]
Note = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_NUL)]
Area = Annotated[str, StringConstraints(max_length=4000, pattern=_NO_NUL)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]
Pieces = Annotated[int, Field(ge=0, le=1000)]
Amount = Annotated[int, Field(ge=0, le=10**12, description="VND")]
Moment = Annotated[datetime, AfterValidator(local)]
