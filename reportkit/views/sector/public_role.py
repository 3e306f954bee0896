"""What the sources say about the public sector, which the survey did not ask: as promoter, not as user.

In: `Corpus.field_resources` (leading ministries) and `Corpus.national_projects`. Out: `PublicRole`.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportkit.base.fact import Fact
from reportkit.corpus.survey import FieldResource, NationalProject
from reportkit.views.facts import count_fact
from reportkit.views.sector.subject import Subject


@dataclass(frozen=True, slots=True)
class PublicRole:
    """Fields with the ministry that leads them, and national projects at home and abroad."""

    fields: tuple[FieldResource, ...]
    field_count: Fact
    ministries: tuple[str, ...]
    projects: tuple[NationalProject, ...]
    project_count: Fact
    home_count: Fact


def view_public_role(subject: Subject) -> PublicRole | None:
    """Return the role of the state, for 公共 only; None for other sectors and when the sources say nothing of it."""
    corpus = subject.corpus
    fields = tuple(resource for resource in corpus.field_resources if resource.ministry)
    if subject.sector.kind != "public" or not (fields or corpus.national_projects):
        return None
    ministries = dict.fromkeys(name for field in fields for name in field.ministry.split("/"))
    projects = corpus.national_projects
    at_home = (project.name for project in projects if project.country == "日本")
    return PublicRole(
        fields=fields,
        field_count=count_fact(
            "fields-with-ministry", "主体となる省庁が示された領域", (f.field for f in fields), "領域"
        ),
        ministries=tuple(ministries),
        projects=projects,
        project_count=count_fact("national-projects", "調査された国家プロジェクト", (p.name for p in projects)),
        home_count=count_fact("national-projects/日本", "調査された国内の国家プロジェクト", at_home),
    )
