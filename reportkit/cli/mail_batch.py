"""What `reportkit mail` is about to send, and what it says about the rest: who gets nothing, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from reportkit.base.errors import Problem, RenderError, ReportkitError

if TYPE_CHECKING:
    from reportkit.delivery.addresses import Address
    from reportkit.delivery.due import Person
    from reportkit.delivery.letters import Parcel
    from reportkit.project.mail import Mail

STANDINGS = {
    "due": "送る予定",
    "same": "変更なし",
    "sent": "送信済み",
    "unknown": "届いたか不明",
    "refused": "サーバーが拒否",
    "closed": "宛先を拒否",
    "missing": "報告書なし",
    "edition": "版が違う",
    "held": "保留",
}


@dataclass(frozen=True)
class Batch:
    """What is to be sent now, and why some people get nothing."""

    parcels: tuple[Parcel, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, mail: Mail, people: Sequence[Person], redirect: Address | None = None) -> Batch:
        """Write the letters; what cannot be written for one person does not stop the others."""
        desk = mail.desk(redirect)
        parcels: list[Parcel] = []
        problems: list[Problem] = []
        try:
            mail.prepare_pdfs(people)
        except RenderError as error:
            problems.extend(error.problems)
            people = [person for person in people if "pdf" not in person.recipient.files]
        for person in people:
            try:
                parcels.extend(desk.parcels(person))
            except ReportkitError as error:
                problems.extend(error.problems)
        return cls(tuple(parcels), tuple(dict.fromkeys(problems)))


def report_rest(mail: Mail, people: Sequence[Person], problems: Sequence[Problem]) -> None:
    """Say who gets nothing and why, and what is held back."""
    counts: dict[str, int] = {}
    for person in people:
        if not person.due:
            standing = person.claims[0].standing if len({claim.standing for claim in person.claims}) == 1 else "ほか"
            word = STANDINGS.get(standing, "送るものなし")
            counts[word] = counts.get(word, 0) + 1
    if counts:
        click.echo(f"今回は送らない人：{'、'.join(f'{word} {count} 人' for word, count in counts.items())}")
    for line in missing(people):
        click.echo(line, err=True)
    print_holds(mail)
    for problem in problems:
        click.echo(f"エラー：{problem}", err=True)


def missing(people: Sequence[Person]) -> list[str]:
    """Return a line about documents that are not built, and one about people whose edition is not."""
    names = dict.fromkeys(claim.subject for person in people for claim in person.claims if claim.standing == "missing")
    lines = [f"報告書がまだありません：{'、'.join(names)} → reportkit build で作ってください"] if names else []
    other = [person.recipient.name for person in people if any(claim.standing == "edition" for claim in person.claims)]
    if other:
        lines.append(f"版（reader、review）が違うので送りません：{'、'.join(other)} → その版で作り直してください")
    return lines


def print_holds(mail: Mail) -> None:
    """Say what is held back and why, and which words would let it pass."""
    for hold in mail.holds:
        for reason in hold.reasons:
            click.echo(f"保留：{hold.place}: {reason}", err=True)
    if mail.holds:
        names = " ".join(f"--allow {hold.name}" for hold in mail.holds[:3])
        click.echo(f"→ 直すか、承知の上で送るなら {names}{' …' if len(mail.holds) > 3 else ''}", err=True)
