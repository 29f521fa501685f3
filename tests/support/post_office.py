"""A small SMTP server on this machine: keeps what it is handed, and refuses when it is told to."""

import socketserver
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


class _Desk(socketserver.StreamRequestHandler):
    """One conversation; each command is answered by what the office says of it."""

    def handle(self):
        self.say(b"220 office")
        while line := self.rfile.readline():
            verb = line.split(b":")[0].split()[0].upper().decode()
            if answer := self.server.refusals.get(verb):
                self.say(answer.encode())
            elif verb == "DATA":
                self.take()
            elif verb == "RCPT":
                self.server.recipients.append(line.split(b"<")[1].split(b">")[0].decode())
                self.say(b"250 known")
            else:
                self.say(b"221 bye" if verb == "QUIT" else b"250 fine")

    def say(self, answer: bytes) -> None:
        self.wfile.write(answer + b"\r\n")

    def take(self) -> None:
        self.say(b"354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        self.server.kept.append(b"".join(lines))
        self.say(b"250 kept")


class PostOffice(socketserver.ThreadingTCPServer):
    """`refusals` maps a verb to the answer it gets, such as {"RCPT": "550 no such person"}."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Desk)
        self.kept: list[bytes] = []
        self.recipients: list[str] = []
        self.refusals: dict[str, str] = {}
        Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}?tls=none"

    @property
    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.kept]

    def close(self) -> None:
        self.shutdown()
        self.server_close()
