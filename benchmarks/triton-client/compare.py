"""Lets clients take turns on one server and prints what each needs, the first of them first.

Arguments: rounds, then for each client `--client NAME COMMAND...`. A client takes orders as worker.py does.
"""

import json
import statistics
import subprocess
import sys
import time

SIZES = {4 << 10: ("4 KB", 8000), 1 << 20: ("1 MB", 1000)}  # bytes: name, requests of a round
DEPTHS = (1, 2, 4, 8, 16, 32, 64)
WARM_UP_SECONDS = 90  # of each client: the JVM compiles for a minute what is called often
WARM_UP_DEPTH = 8


class Client:
    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def order(self, size, depth, requests):
        print(size, depth, requests, file=self.process.stdin, flush=True)
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended with status {self.process.wait()}")
        return json.loads(line)

    def warm_up(self):
        end = time.monotonic() + WARM_UP_SECONDS
        while time.monotonic() < end:
            for size, (_, requests) in SIZES.items():
                self.order(size, WARM_UP_DEPTH, requests)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(clients, rounds):
    """The answers of each client by size and depth; who goes first changes from round to round."""
    results = {}
    for turn in range(rounds):
        for size, (_, requests) in SIZES.items():
            for depth in DEPTHS:
                for client in clients if turn % 2 else clients[::-1]:
                    answer = client.order(size, depth, requests)
                    results.setdefault((size, depth, client.name), []).append(answer)
    return results


def summary(rounds):
    """Rate and processor time are medians of rounds; latencies are those of all rounds together."""
    latencies = sorted(latency for r in rounds for latency in r["latencies"])
    requests = len(rounds[0]["latencies"])
    return {
        "rate": statistics.median(requests / r["seconds"] for r in rounds),
        "p50": latencies[len(latencies) // 2] / 1000,
        "p99": latencies[len(latencies) * 99 // 100] / 1000,
        "cpu": statistics.median(r["cpu_seconds"] / requests for r in rounds) * 1000,
    }


def show(results, names):
    """One line for each size and depth; clients' numbers in the order of their names."""
    print(f"All by client: {' / '.join(names)}. Latency and processor time in ms; the ratio is to the first.")
    print("| tensor | in flight | requests/s | p50 | p99 | client's CPU a request | ratio |")
    print("|---|---|---|---|---|---|---|")
    for size, (size_name, _) in SIZES.items():
        for depth in DEPTHS:
            rows = [summary(results[size, depth, name]) for name in names]
            ratios = " / ".join(f"{row['cpu'] / rows[0]['cpu']:.2f}" for row in rows[1:])
            columns = [
                " / ".join(format(row[column], pattern) for row in rows)
                for column, pattern in (("rate", ".0f"), ("p50", ".2f"), ("p99", ".2f"), ("cpu", ".3f"))
            ]
            print("|", " | ".join([size_name, str(depth), *columns, ratios]), "|")


def clients_of(words):
    clients = []
    while words:
        if words[0] != "--client" or len(words) < 3:
            raise SystemExit(f"{words[0]}: --client NAME COMMAND... is expected")
        end = words.index("--client", 1) if "--client" in words[1:] else len(words)
        clients.append(Client(words[1], words[2:end]))
        words = words[end:]
    return clients


def main():
    clients = clients_of(sys.argv[2:])
    for client in clients:
        client.warm_up()
    results = measure(clients, int(sys.argv[1]))
    for client in clients:
        client.close()
    show(results, [client.name for client in clients])


main()
