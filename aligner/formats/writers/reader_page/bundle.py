"""Small modules made one script, so that the page is one file.

Each module becomes a function of its own scope that returns what it exports; nothing else of
JavaScript is touched. The modules keep to one form: `import { a, b } from "./x.js";`, and
`export` before a function, class or constant.
"""

import re
from collections.abc import Callable, Iterable

IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)


def bundle(names: Iterable[str], source: Callable[[str], str]) -> str:
    """Join modules into one script.

    Args:
        names: of the modules, without ".js"; each after those that it imports.
        source: gives a module's text.

    Raises:
        ValueError: a module imports one that does not come before it, or in another form.
    """
    done: set[str] = set()
    parts = []
    for name in names:
        text = source(f"{name}.js")
        missing = {module for _, module in IMPORT.findall(text)} - done
        body = EXPORT.sub(r"\1 \2", IMPORT.sub(r"const \1 = module_\2;", text))
        if missing or re.search(r"^(import|export)\b", body, re.MULTILINE):
            raise ValueError(f"{name}.js imports {sorted(missing)} too early, or in another form")
        exports = ", ".join(export for _, export in EXPORT.findall(text))
        parts.append(f"const module_{name} = (() => {{\n{body}\nreturn {{ {exports} }};\n}})();")
        done.add(name)
    return "\n".join(parts)
