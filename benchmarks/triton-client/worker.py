"""Python's side: tritonclient in closed loops, by the orders on standard input.

Arguments: server, way (callbacks, threads or aio). An order is a line `BYTES DEPTH REQUESTS`; each is answered with a
line of JSON: seconds, cpu_seconds of this process, and the latency of each request in microseconds. Each request is
made anew of an array in memory, as on the driver's side and as users do, who have other numbers each time.
"""

import asyncio
import json
import sys
import threading
import time

import numpy as np
import tritonclient.grpc
import tritonclient.grpc.aio

OUTPUTS = [tritonclient.grpc.InferRequestedOutput("out")]


def numbers(size):
    return np.random.default_rng(7).integers(0, 256, size, dtype=np.uint8)


def inputs(data):
    tensor = tritonclient.grpc.InferInput("in", list(data.shape), "UINT8")
    tensor.set_data_from_numpy(data)
    return [tensor]


def check(data, result):
    out = result.as_numpy("out")
    if out.shape != data.shape or out[0] != data[0] or out[-1] != data[-1]:
        raise ValueError(f"out: {out.shape} (expected: what was sent, {data.shape})")


class Callbacks:
    """async_infer; each answer's callback sends the next request."""

    def __init__(self, server):
        self.client = tritonclient.grpc.InferenceServerClient(server)

    def run(self, size, depth, requests):
        data = numbers(size)
        latencies, failures, lock, done = [], [], threading.Lock(), threading.Event()
        unsent = iter(range(requests))

        def send():
            with lock:
                number = next(unsent, None)
            if number is None:
                return
            start = time.perf_counter_ns()

            def answered(result, error):
                latencies.append((time.perf_counter_ns() - start) / 1000)
                try:
                    if error is not None:
                        raise error
                    check(data, result)
                except Exception as e:
                    failures.append(e)
                    done.set()
                    return
                if len(latencies) == requests:
                    done.set()
                send()

            self.client.async_infer("identity", inputs(data), answered, outputs=OUTPUTS, request_id=str(number), client_timeout=60)

        for _ in range(depth):
            send()
        done.wait()
        if failures:
            raise failures[0]
        return latencies


class Threads:
    """infer, which blocks, in as many threads as requests in flight."""

    def __init__(self, server):
        self.client = tritonclient.grpc.InferenceServerClient(server)

    def run(self, size, depth, requests):
        data = numbers(size)
        latencies, lock = [], threading.Lock()
        unsent = iter(range(requests))

        def lane():
            while True:
                with lock:
                    number = next(unsent, None)
                if number is None:
                    return
                start = time.perf_counter_ns()
                result = self.client.infer("identity", inputs(data), outputs=OUTPUTS, request_id=str(number), client_timeout=60)
                latencies.append((time.perf_counter_ns() - start) / 1000)
                check(data, result)

        lanes = [threading.Thread(target=lane) for _ in range(depth)]
        for thread in lanes:
            thread.start()
        for thread in lanes:
            thread.join()
        return latencies


class Aio:
    """tritonclient.grpc.aio, in as many tasks as requests in flight."""

    def __init__(self, server):
        self.loop = asyncio.new_event_loop()
        self.client = self.loop.run_until_complete(self.connect(server))

    @staticmethod
    async def connect(server):
        return tritonclient.grpc.aio.InferenceServerClient(server)

    def run(self, size, depth, requests):
        return self.loop.run_until_complete(self.lanes(size, depth, requests))

    async def lanes(self, size, depth, requests):
        data = numbers(size)
        latencies = []
        unsent = iter(range(requests))

        async def lane():
            for number in unsent:
                start = time.perf_counter_ns()
                result = await self.client.infer("identity", inputs(data), outputs=OUTPUTS, request_id=str(number), client_timeout=60)
                latencies.append((time.perf_counter_ns() - start) / 1000)
                check(data, result)

        await asyncio.gather(*(lane() for _ in range(depth)))
        return latencies


def main():
    client = {"callbacks": Callbacks, "threads": Threads, "aio": Aio}[sys.argv[2]](sys.argv[1])
    for order in sys.stdin:
        size, depth, requests = map(int, order.split())
        cpu, start = time.process_time(), time.perf_counter()
        latencies = client.run(size, depth, requests)
        seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu
        print(json.dumps({"seconds": seconds, "cpu_seconds": cpu_seconds, "latencies": [round(t) for t in latencies]}), flush=True)


main()
