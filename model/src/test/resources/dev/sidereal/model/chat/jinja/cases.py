# Writes cases.json: the templates of cases.txt rendered by Jinja2 3.1.6, set up as transformers does it.
# pip install jinja2==3.1.6, python cases.py
import datetime
import json

import jinja2
from jinja2.ext import Extension, loopcontrols
from jinja2.sandbox import ImmutableSandboxedEnvironment


class Generation(Extension):
    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(["name:endgeneration"], drop_needle=True)


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


environment = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols, Generation]
)
environment.filters["tojson"] = tojson
environment.globals["raise_exception"] = raise_exception
environment.globals["strftime_now"] = datetime.datetime(2025, 3, 7, 14, 5, 9).strftime

variables = {
    "messages": [
        {"role": "system", "content": " be brief "},
        {"role": "user", "content": "hi <b>é</b> \"q\" 'p' "},
        {"role": "assistant", "content": "<think>\nhm\n</think>\n\nhello\n"},
        {"role": "user", "content": "again", "tool_calls": []},
    ],
    "tool": {"name": "add", "description": "Adds 😀", "parameters": {"a": [1, 2.5, True, None], "b": {}, "c": []}},
    "numbers": [3, 1, 2],
    "words": ["b", "a", "C", "a"],
    "text": "the quick brown fox",
    "empty": "",
    "nothing": None,
    "yes": True,
}

cases = []
for template in open("cases.txt", encoding="utf-8").read().split("\n====\n"):
    cases.append({"template": template, "expected": environment.from_string(template).render(**variables)})
with open("cases.json", "w", encoding="utf-8") as out:
    json.dump({"variables": variables, "cases": cases}, out, ensure_ascii=False, indent=1)
