"""Where the rooms are joined: settings, template folders, subjects by name, the documents of a project, exports.

In: a folder with `seeds/`, `templates/` and `reportkit.toml` (all optional). Out: a checked `Corpus`, jobs for the
build, records for the exports, and the two functions of the public API.
"""
