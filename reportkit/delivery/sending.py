"""Sending a batch: at the rate that the list allows, again after a pause what failed for a time, all in the journal.

Never raises for one message: what becomes of each is yielded as it becomes known. What cannot be sent at all (wrong
password, journal not writable) ends the batch with an error; the rest is then still due.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field

from reportkit.base.errors import DeliveryError
from reportkit.delivery.journal import JournalWriter
from reportkit.delivery.letters import Parcel
from reportkit.delivery.mailing import Server
from reportkit.delivery.smtp import Connection, Outcome, Unreachable

_PER_CONNECTION = 50  # many servers stop listening after a hundred


@dataclass(frozen=True, slots=True)
class Clock:
    """Time as the sender sees it. now: the moment, with zone; seconds: never goes back; sleep: waits."""

    now: Callable[[], datetime.datetime]
    seconds: Callable[[], float]
    sleep: Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one parcel. final: no further attempt will be made in this batch."""

    parcel: Parcel
    outcome: Outcome
    final: bool = True


@dataclass(slots=True)
class Sender:
    """Sends parcels. journal: None for trials, which nobody needs to remember.

    stop: asked between two messages. tell_pause: told how long the pause before another round is, for how many.
    """

    server: Server
    envelope: str
    connect: Callable[[], Connection]
    journal: JournalWriter | None
    clock: Clock
    stop: Callable[[], bool] = lambda: False
    tell_pause: Callable[[float, int], None] = lambda _seconds, _waiting: None
    _connection: Connection | None = field(default=None, init=False)
    _used: int = field(default=0, init=False)
    _next: float = field(default=0.0, init=False)

    def send(self, parcels: Sequence[Parcel]) -> Iterator[Sent]:
        """Send the parcels and yield what became of each; those that wait for another round are yielded every time."""
        queue = list(parcels)
        rounds = (*self.server.pauses, None)
        try:
            for pause in rounds:
                queue = yield from self._round(queue, last=pause is None)
                if not queue or pause is None or self.stop():
                    break
                self._close()
                self.tell_pause(pause, len(queue))
                self._wait(pause)
        finally:
            self._close()

    def _round(self, queue: list[Parcel], *, last: bool) -> Generator[Sent, None, list[Parcel]]:
        """Try every parcel once; return those to be tried again."""
        again: list[Parcel] = []
        for at, parcel in enumerate(queue):
            if self.stop():
                break
            self._keep_rate()
            if self.stop():
                break
            try:
                outcome = self._attempt(parcel)
            except Unreachable as error:
                outcome = Outcome("pending", "connect", error.problems[0].what, lost=True)
                for waiting in queue[at:]:
                    yield Sent(waiting, outcome, final=last)
                return [*again, *queue[at:]]
            yield Sent(parcel, outcome, final=last or outcome.state != "pending")
            if outcome.state == "pending":
                again.append(parcel)
        return again

    def _attempt(self, parcel: Parcel) -> Outcome:
        if self._connection is not None and self._used >= _PER_CONNECTION:
            self._close()
        fresh = self._connection is None
        outcome = self._transmit(parcel)
        if outcome.state == "pending" and outcome.step == "mail" and outcome.lost and not fresh:
            outcome = self._transmit(parcel)  # the server had closed an idle connection: that says nothing
        return outcome

    def _transmit(self, parcel: Parcel) -> Outcome:
        if self._connection is None:
            self._connection, self._used = self.connect(), 0
        self._used += 1
        message, to = parcel.message, parcel.letter.to
        if self.journal is not None:
            self.journal.message(message)
        data = parcel.dated(self.clock.now())
        utf8 = to.needs_utf8 or parcel.letter.sender.needs_utf8
        try:
            outcome = self._connection.send(self.envelope, to.wire, data, utf8, lambda: self._intend(parcel))
        except DeliveryError:
            self._close()
            raise
        if outcome.lost:
            self._close()
        self._note(parcel, outcome)
        return outcome

    def _intend(self, parcel: Parcel) -> None:
        if self.journal is not None:
            self.journal.intent(parcel.message.id)

    def _note(self, parcel: Parcel, outcome: Outcome) -> None:
        if self.journal is not None and outcome.state != "unknown":  # the intent alone says unknown
            self.journal.receipt(parcel.message.id, outcome.state, outcome.reply, outcome.step)

    def _keep_rate(self) -> None:
        wait = self._next - self.clock.seconds()
        if wait > 0:
            self._wait(wait)
        self._next = max(self._next, self.clock.seconds()) + 60 / self.server.per_minute

    def _wait(self, seconds: float) -> None:
        until = self.clock.seconds() + seconds
        while not self.stop() and (left := until - self.clock.seconds()) > 0:
            self.clock.sleep(min(left, 0.5))

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
