"""The search benchmark: our engine beside Material's stock search, Pagefind, MiniSearch and lunr.

Run by ``make bench-search``. The peers come from npm (pinned in ``package.json``) into
``.cache/bench-search``; without npm only ours and Material's are measured, and the report says so.
"""
