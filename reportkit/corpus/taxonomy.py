"""Sectors and functions: canonical names, aliases, and how fine rows roll up into coarse ones.

Filled from the taxonomy TOML by `reportkit.sources.taxonomy`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SectorKind = Literal["industry", "group", "public"]


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector that can have a briefing.

    name: canonical name, also the file name of its briefing (`金融・保険`).
    kind: industry = a row of the survey; group = 製造業, 医療・福祉, its members summed;
        public = 公共, cases only.
    members: canonical names of the industries of a group, in survey order; () otherwise.
    respondent_group: row of the coarser respondent tables that holds this sector (`製造業`, `医療・福祉`, `その他`);
        its own name where the survey asked it separately; "" for 公共.
    coarse_row: row of the 10-row tables (participation, data sharing) that holds it: its own name, or `その他`;
        "" for 公共.
    aliases: other spellings in matrices and text; one spelling belongs to one sector.
    case_aliases: industry labels of case files; one label may belong to several sectors (`建設・不動産`).
    """

    name: str
    kind: SectorKind
    members: tuple[str, ...] = ()
    respondent_group: str = ""
    coarse_row: str = ""
    aliases: tuple[str, ...] = ()
    case_aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Function:
    """One of the eight business functions: canonical name, short name for charts and narrow columns, aliases."""

    name: str
    short: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """All sectors and functions in the order of the survey, and the look-up by any spelling.

    group_rows: canonical names that are rows of coarser tables without a briefing of their own (`その他`), with
        aliases; `医療・福祉` and `製造業` are sectors of kind group.
    joins: ids of cases that are one case in several files, the one that leads first.
    """

    sectors: tuple[Sector, ...]
    functions: tuple[Function, ...]
    group_rows: tuple[Sector, ...] = ()
    country_names: tuple[tuple[str, str], ...] = ()  # spelling -> short Japanese name
    joins: tuple[tuple[str, ...], ...] = ()

    @property
    def industries(self) -> tuple[Sector, ...]:
        """Return the seventeen rows of the survey."""
        return tuple(sector for sector in self.sectors if sector.kind == "industry")

    def sector(self, name: str) -> Sector | None:
        """Return the sector with that canonical name, or None."""
        return next((sector for sector in self.sectors if sector.name == name), None)
