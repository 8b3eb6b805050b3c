"""Vietnamese text analysis: letters, keystrokes, dates and document numbers.

Everything is driven by ``macros/tables/vietnamese.json``, which the browser's
``docs/assets/js/analysis.js`` reads too; the two are proved equal by the tests.
Import from ``macros.vietnamese``, which names what the rest of the library may use.
"""
