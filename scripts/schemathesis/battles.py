"""Makes accounts, and battles in every state, for Schemathesis to find: battles.py ADDRESS FOLDER.

Writes into the folder: the tokens of a player (token) and of an operator (operator), and ids (battles.dict,
accounts.dict, guilds.dict), and the ends of a span of time (begins.dict, ends.dict).
"""

import json
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ADDRESS, FOLDER = sys.argv[1], Path(sys.argv[2])
# As schemathesis.toml has them, and check-rest.sh the operator's.
NAMES, OPERATOR, PASSWORD = ("Ann", "Bob"), "Operator", "correct horse 9"
# The battles must outlive the run.
PATIENT = {"turnTimeoutSeconds": 3600, "pace": "instant"}


def ask(method, path, token=None, body=None):
    """The status and the body of the answer."""
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    text = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(ADDRESS + path, text, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def done(method, path, token=None, body=None):
    """The body of an answer that must be a success."""
    status, answer = ask(method, path, token, body)
    if status >= 300:
        sys.exit(f"rest: {method} {path} was answered {status}: {answer}")
    return answer


def battle(token, **options):
    return done("POST", "/battles", token, PATIENT | options)["id"]


def started(token, **options):
    name = battle(token, **options)
    done("POST", f"/battles/{name}/start", token)
    return name


def finished(token, **options):
    """A battle that was played to its end, with a bot's advice."""
    name = started(token, rules={"targetScore": 10, "maxRounds": 1}, **options)
    until = time.monotonic() + 60
    while ask("GET", f"/state/replay/{name}", token)[0] != 200:
        if time.monotonic() > until:
            sys.exit(f"rest: the battle {name} does not come to its end")
        status, hint = ask("POST", "/ai/action", token, {"battleId": name, "difficulty": "easy"})
        if status == 200:
            ask("POST", "/game/state", token, {"battleId": name, "action": hint["action"]})
        else:
            time.sleep(0.02)  # The bots are about to act.
    return name


def main():
    token, other = (
        done("POST", "/auth/register", None, {"username": name, "password": PASSWORD})["token"] for name in NAMES
    )
    # More of those that do not stay as they are.
    battles = [battle(token) for _ in range(4)] + [started(token) for _ in range(8)] + [battle(other) for _ in range(4)]
    battles += [finished(token), finished(other, isPublic=False), started(other, isPublic=False)]
    accounts = [done("GET", "/users/me", of)["id"] for of in (token, other)]
    guilds = [done("POST", "/guilds", of, {"name": name})["id"] for of, name in ((token, "Riders"), (other, "Wolves"))]
    operator = done("POST", "/auth/login", None, {"username": OPERATOR, "password": PASSWORD})["token"]
    begins, ends = ([time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + ahead))] for ahead in (-60, 3600))
    (FOLDER / "token").write_text(token)
    (FOLDER / "operator").write_text(operator)
    for name, ids in ("battles", battles), ("accounts", accounts), ("guilds", guilds), ("begins", begins), ("ends", ends):
        (FOLDER / f"{name}.dict").write_text("".join(f'"{id}"\n' for id in ids))


main()
