"""Sets up the environment of the project; standard library only.

`main` reads the command, `environment` makes and stamps the virtual
environment, `pip` installs into it, `debian` asks apt for what Python cannot
bring, `browser` finds Chromium, `console` prints.
"""
