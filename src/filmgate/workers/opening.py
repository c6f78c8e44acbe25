"""An engine on its way: what is told of it until it is open, and when it cannot be."""

import logging
from collections.abc import Collection

from filmgate.domain.worker import Condition, ModelState, Readiness
from filmgate.engines.base import Engine, states_of
from filmgate.errors import FilmgateError, MissingPart, SettingsError

log = logging.getLogger(__name__)


class Opening:
    """Opens an engine once. `models` are the ids of its cards.

    `condition` is what the worker tells meanwhile; None once the engine is open.
    """

    def __init__(self, engine: Engine, name: str, models: Collection[str]) -> None:
        self._engine = engine
        self._name = name
        self._models = models
        self.condition: Condition | None = self._all(
            ModelState(Readiness.LOADING), f"the engine {name} is being opened"
        )

    async def run(self) -> bool:
        """Whether it is open now; what kept it from that is logged, and told by `condition`.

        Raises:
            SettingsError: no further try will help.
        """
        try:
            await self._engine.open()
        except SettingsError:
            raise
        except Exception as error:
            traceback = None if isinstance(error, FilmgateError) else error
            log.critical(
                "the engine %s cannot be opened: %s", self._name, error, exc_info=traceback
            )
            self.condition = self._describe_failure(error)
            return False
        self.condition = None
        log.info("the engine %s is open", self._name)
        return True

    def _describe_failure(self, error: Exception) -> Condition:
        if isinstance(error, MissingPart):
            return self._all(ModelState(Readiness.UNAVAILABLE, error.message), error.message)
        why = "the engine cannot be opened; the server's log says why"
        return self._all(ModelState(Readiness.FAILED, why), f"the engine {self._name} is not open")

    def _all(self, state: ModelState, trouble: str) -> Condition:
        """One state for every model, but for what the engine itself tells."""
        models = dict.fromkeys(self._models, state) | dict(states_of(self._engine))
        return Condition(trouble=trouble, models=models)
