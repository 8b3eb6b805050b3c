"""One module a command.

Each has a click command named `command`, which takes `Settings` (scripts.cli.app)
with `@click.pass_obj`, returns its exit status (None is 0) or raises
scripts.devenv.console.Stop. Heavy imports belong inside the functions, because
`cotmoc --help` imports every module. Registered in scripts/cotmoc.py.
"""
