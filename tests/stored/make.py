#!/usr/bin/env python3
"""Fills a running server with a little of everything that it stores, for a database that later versions must open.

    liap-tui serve --api-port 8000 --data-dir DIR --rate-limit-requests 0 --battles-auth-per-minute 0 \
        --battles-create-per-minute 0 --battles-actions-per-minute 0 --battles-state-per-minute 0
    tests/stored/make.py 8000

It prints what a test has to know as JSON. Two accounts (password `Correct-Horse-9`), a guild, a finished game of one
round, an unfinished battle of Ann, an unfinished room of the guest Guy with his seat's token, messages of the live log.
"""
import base64, json, os, socket, struct, sys, time, urllib.request

PORT = int(sys.argv[1])
PASSWORD = "Correct-Horse-9"


def rest(method, path, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", data, headers, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


class Guest:
    """A client of contract *game*, which needs text frames below 64 KiB only."""

    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", PORT))
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /ws/lobby HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.file = self.socket.makefile("rb")
        while self.file.readline() != b"\r\n":
            pass

    def send(self, event, data):
        text = json.dumps({"event": event, "data": data}).encode()
        mask = os.urandom(4)
        length = bytes([0x80 | len(text)]) if len(text) < 126 else bytes([0xFE]) + struct.pack(">H", len(text))
        self.socket.sendall(b"\x81" + length + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(text)))

    def expect(self, event):
        while True:
            first, length = self.file.read(2)
            if length == 126:
                (length,) = struct.unpack(">H", self.file.read(2))
            message = self.file.read(length)
            if first & 15 == 1 and json.loads(message)["event"] == event:
                return json.loads(message)["data"]


def act(token, battle):
    """One decision of the battle's person, when there is one: the state afterwards."""
    state = rest("GET", f"/state?battleId={battle}", token=token)
    if state["status"] != "GAME_OVER":
        try:
            rest("POST", "/game/state", {"battleId": battle, "action": rest(
                "POST", "/ai/action", {"battleId": battle}, token)["action"]}, token)
        except urllib.error.HTTPError:
            time.sleep(0.02)
    return state


def battle(token, name):
    rules = {"name": name, "pace": "instant", "turnTimeoutSeconds": 600, "rules": {"maxRounds": 1}}
    found = rest("POST", "/battles", rules, token)["id"]
    rest("POST", f"/battles/{found}/start", token=token)
    return found


ann, bob = (rest("POST", "/auth/register", {"username": name, "password": PASSWORD}) for name in ("Ann", "Bob"))
guild = rest("POST", "/guilds", {"name": "Dragon Riders"}, ann["token"])["id"]
rest("POST", f"/guilds/{guild}/join", token=bob["token"])
finished = battle(ann["token"], "The finished one")
while act(ann["token"], finished)["status"] != "GAME_OVER":
    pass
unfinished = battle(ann["token"], "The unfinished one")
while len(rest("GET", f"/state?battleId={unfinished}", token=ann["token"]).get("hand", [])) > 5:
    act(ann["token"], unfinished)
guy = Guest()
options = {"pace": "instant", "turn_timeout_seconds": 600, "rules": {"max_rounds": 1}}
guy.send("create_room", {"room_name": "Guy's table", "player_name": "Guy", "options": options})
room = guy.expect("room_created")
guy.send("start_game", {"player_name": "Guy"})
guy.expect("hand_updated")
time.sleep(2)
hand = [piece["id"] for piece in rest("GET", f"/state?battleId={unfinished}", token=ann["token"])["hand"]]
print(json.dumps({
    "guild": guild, "finished": finished, "unfinished": unfinished, "hand": hand,
    "room": room["room_id"], "session_token": room["session_token"],
}, indent=2))
