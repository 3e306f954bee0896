"""Section templates: Jinja that writes Markdown, and Markdown that becomes blocks.

In: a view, a section template, the exhibits. Out: blocks of `reportkit.document`. `render.render_section` is the door;
`folders.TemplateFolders` says where templates stand.
"""
