"""Times, bytes and memory of other processes, seen from outside."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import urllib.request

PATIENCE_SECS = 600


def once(command):
    """Runs a command to its end; returns its seconds."""
    began = time.perf_counter()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    seconds = time.perf_counter() - began
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit code {done.returncode}\n{done.stderr.decode(errors='replace')}")
    return seconds


def peak(command):
    """Runs a command to its end; returns its peak memory in MiB, looked at a thousand times a second.

    What `wait4` tells will not do: it counts this program's own memory, from which the other one was started.
    """
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most = 0.0
    while process.poll() is None:
        most = max(most, resident(process))
        time.sleep(0.001)
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    return most


def resident(process):
    """Returns the most memory that a process has had in MiB until now; 0 when it has ended."""
    try:
        with open(f"/proc/{process.pid}/status") as status:
            found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
    except FileNotFoundError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def until_shown(command, text):
    """Runs a command in a terminal of 80x24; returns the seconds until it has written a text, and its peak memory in MiB.

    The program is killed then.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color"}
    began = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=environment
    )
    os.close(theirs)
    seen = b""
    try:
        while text not in seen:
            is_ready, _, _ = select.select([ours], [], [], PATIENCE_SECS)
            # Reading fails when the last writer is gone.
            more = os.read(ours, 65_536) if is_ready else b""
            if not more:
                raise OSError("silence")
            seen += more
        seconds = time.perf_counter() - began
    except OSError as error:
        seen = re.sub(rb"\x1b\[[0-9;?]*[a-zA-Z]", b"", seen).decode(errors="replace")
        raise RuntimeError(f"{' '.join(command)}: ended before it wrote {text!r}\n{seen}") from error
    finally:
        weight = resident(process)
        process.kill()
        process.wait()
        os.close(ours)
    return seconds, weight


def written_idle(command, seconds):
    """Runs a command in a terminal, presses Enter twice to begin, and returns the bytes a second that it writes then.

    The program is killed then.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environment = {**os.environ, "TERM": "xterm-256color"}
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, env=environment
    )
    os.close(theirs)

    def written_within(span):
        end, n_bytes = time.monotonic() + span, 0
        while (left := end - time.monotonic()) > 0:
            if select.select([ours], [], [], left)[0]:
                n_bytes += len(os.read(ours, 65_536))
        return n_bytes

    try:
        for _ in range(2):
            written_within(1)
            os.write(ours, b"\r")
        written_within(2)
        return written_within(seconds) / seconds
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def until_served(command, port, text):
    """Starts a server; returns the seconds until a page of it holds a text, and its peak memory in MiB.

    The server is killed then.
    """
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while text not in page(port):
            if process.poll() is not None or PATIENCE_SECS < time.perf_counter() - began:
                raise RuntimeError(f"{' '.join(command)}: serves nothing")
            time.sleep(0.001)
        seconds = time.perf_counter() - began
    finally:
        weight = resident(process)
        process.kill()
        process.wait()
    return seconds, weight


def page(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=PATIENCE_SECS) as answer:
            return answer.read()
    except OSError:
        return b""


class Partner:
    """A process that is talked with by lines."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.n_read = 0
        self.unread = b""

    def say(self, line):
        self.process.stdin.write(line.encode() + b"\n")

    def hear(self, pattern):
        """Returns what matches, and what was written up to its end; None if the process ends before."""
        while not (found := pattern.search(self.unread)):
            more = os.read(self.process.stdout.fileno(), 1 << 20)
            if not more:
                return None
            self.n_read += len(more)
            self.unread += more
        said, self.unread = self.unread[: found.end()], self.unread[found.end() :]
        return found, said

    def n_written(self):
        """Returns the bytes that the process gave to the kernel beside what it said."""
        with open(f"/proc/{self.process.pid}/io") as counts:
            return int(re.search(r"wchar: (\d+)", counts.read())[1]) - self.n_read

    def end(self):
        self.process.stdin.close()
        self.process.stdout.read()
        return self.process.wait()


class Anki:
    """Anki's engine, asked by lines."""

    LINE = re.compile(rb"(.*)\n")

    def __init__(self, command):
        self.partner = Partner(command)

    def ask(self, name, *arguments):
        """Returns the seconds that Anki's own process saw, and the result."""
        self.partner.say(json.dumps([name, *arguments]))
        answer = self.partner.hear(self.LINE)
        if answer is None:
            raise RuntimeError(f"Anki could not {name}")
        return json.loads(answer[0][1])

    def end(self):
        self.partner.end()


def quantile(values, share):
    return sorted(values)[round((len(values) - 1) * share)]
