"""How a command opens the core: store, features, clock and ids, and how it says that it cannot."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.commands.stop import Stop
from bot.company import Company
from bot.core import Core
from bot.features import FEATURES
from bot.ids import growing
from store import Store, StoreAway
from store.version import Newer, Outdated


@dataclass(frozen=True, slots=True)
class Opening:
    """What a command needs to know. `now` and `random_bits` come from outside, so that a test can choose them."""

    url: str
    tenant: str
    company: Company
    now: Callable[[], datetime]
    random_bits: Callable[[int], int]

    def new_id(self) -> Callable[[], str]:
        return growing(self.now, self.random_bits)


@contextmanager
def usable() -> Iterator[None]:
    """Says in a sentence what is wrong with the database, at its opening or later. Raises Stop."""
    try:
        yield
    except StoreAway as error:
        raise Stop(f"The database cannot be reached: {error}") from error
    except Outdated as error:
        raise Stop("The database is of an older Ristretto. Bring it up with: ristretto db upgrade") from error
    except Newer as error:
        raise Stop(
            "The database was made by a newer Ristretto; this one must not touch it. Install the newer one."
        ) from error


@asynccontextmanager
async def opened(opening: Opening) -> AsyncIterator[Core]:
    """The core on an open store. Raises Stop with a sentence where the database cannot be used."""
    with usable():
        try:
            store = Store(opening.url)
        except ValueError as error:
            raise Stop(f"RISTRETTO_DATABASE_URL: {error}. Try sqlite:///ristretto.db") from error
        try:
            yield Core(store, FEATURES, now=opening.now, new_id=opening.new_id(), company=opening.company)
        finally:
            await store.close()
