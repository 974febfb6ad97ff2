"""Asks a real Triton and the embedded server the same questions and prints where they differ.

    scripts/real-triton install
    python compare_servers.py repository /tmp/real; python compare_servers.py repository /tmp/ours
    scripts/real-triton start --repository /tmp/real --load none --grpc-port 9001 -- --disable-auto-complete-config
    java -cp ... io.rewarddance.embedded.server.ServeRepository /tmp/ours 9002
    scripts/real-triton python compare_servers.py compare --real localhost:9001 /tmp/real --ours localhost:9002 /tmp/ours

Each server gets a repository of its own, because the questions change it.
Needs tritonclient[grpc]. Exit status 1 when there is a difference that is not listed in KNOWN.
"""

import argparse
import json
import os
import pathlib
import queue
import sys
import threading
import time

CONFIGS = {
    "echo": ("identity", """max_batch_size: 4 dynamic_batching {}"""),
    "pair": (
        "identity",
        """max_batch_size: 8 dynamic_batching { max_queue_delay_microseconds: 100 }
input [ { name: "A" data_type: TYPE_FP32 dims: [ 3 ] }, { name: "B" data_type: TYPE_INT32 dims: [ -1 ] } ]
output [ { name: "OA" data_type: TYPE_FP32 dims: [ 3 ] }, { name: "OB" data_type: TYPE_INT32 dims: [ -1 ] } ]""",
    ),
    "optional": (
        "identity",
        """max_batch_size: 2
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] }, { name: "B" data_type: TYPE_STRING dims: [ 2 ] optional: true } ]
output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] }, { name: "OB" data_type: TYPE_STRING dims: [ 2 ] } ]""",
    ),
    "plain": (
        "identity",
        """max_batch_size: 0
input [ { name: "X" data_type: TYPE_FP32 dims: [ 2, -1 ] } ]
output [ { name: "Y" data_type: TYPE_FP32 dims: [ 2, -1 ] label_filename: "labels.txt" } ]""",
    ),
    "slow": (
        "sleeper",
        """max_batch_size: 1 dynamic_batching { default_queue_policy { max_queue_size: 1 default_timeout_microseconds: 0 } }
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] } ]
parameters { key: "sleep_ms" value { string_value: "400" } }""",
    ),
    "late": (
        "sleeper",
        """max_batch_size: 1 dynamic_batching { default_queue_policy { default_timeout_microseconds: 1000 } }
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] } ]
parameters { key: "sleep_ms" value { string_value: "400" } }""",
    ),
    "failing": (
        "failing",
        """max_batch_size: 1
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] } ]""",
    ),
    "broken": (
        "broken",
        """max_batch_size: 1
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] } ]""",
    ),
    "versions": (
        "identity",
        """max_batch_size: 1
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] } ]""",
    ),
    "noversion": (
        "identity",
        """max_batch_size: 1
input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "OA" data_type: TYPE_FP32 dims: [ 1 ] } ]""",
    ),
    "badsyntax": ("identity", "max_batch_size: one"),
    "wrongname": ("identity", 'name: "other" max_batch_size: 1'),
    "notype": (
        "identity",
        'max_batch_size: 1 input [ { name: "A" dims: [ 1 ] } ] output [ { name: "O" data_type: TYPE_FP32 dims: [ 1 ] } ]',
    ),
    "nodims": (
        "identity",
        'max_batch_size: 1 input [ { name: "A" data_type: TYPE_FP32 } ] output [ { name: "O" data_type: TYPE_FP32 dims: [ 1 ] } ]',
    ),
    "zerodim": (
        "identity",
        'max_batch_size: 1 input [ { name: "A" data_type: TYPE_FP32 dims: [ 0 ] } ] output [ { name: "O" data_type: TYPE_FP32 dims: [ 1 ] } ]',
    ),
    "negativebatch": (
        "identity",
        'max_batch_size: -1 input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "O" data_type: TYPE_FP32 dims: [ 1 ] } ]',
    ),
    "bigpreferred": (
        "identity",
        'max_batch_size: 2 dynamic_batching { preferred_batch_size: [ 4 ] } input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "O" data_type: TYPE_FP32 dims: [ 1 ] } ]',
    ),
    "gpu": (
        "identity",
        'max_batch_size: 2 instance_group [ { kind: KIND_GPU } ] input [ { name: "A" data_type: TYPE_FP32 dims: [ 1 ] } ] output [ { name: "O" data_type: TYPE_FP32 dims: [ 1 ] } ]',
    ),
}
ECHO_TYPES = "BOOL UINT8 UINT16 UINT32 UINT64 INT8 INT16 INT32 INT64 FP16 FP32 FP64 STRING".split()
MODEL = '''import json, time
import triton_python_backend_utils as pb_utils


class TritonPythonModel:
    def initialize(self, args):
        self.config = json.loads(args["model_config"])
        self.kind = self.config["parameters"]["rewarddance_model"]["string_value"]
        if self.kind == "broken":
            raise pb_utils.TritonModelException("the weights are not there")

    def execute(self, requests):
        if self.kind == "sleeper":
            time.sleep(float(self.config["parameters"]["sleep_ms"]["string_value"]) / 1000)
        return [self.answer(request) for request in requests]

    def answer(self, request):
        if self.kind == "failing":
            return pb_utils.InferenceResponse(error=pb_utils.TritonError("nothing works"))
        outputs = []
        for given, made in zip(self.config["input"], self.config["output"]):
            tensor = pb_utils.get_input_tensor_by_name(request, given["name"])
            if tensor is not None and made["name"] in request.requested_output_names():
                outputs.append(pb_utils.Tensor(made["name"], tensor.as_numpy()))
        return pb_utils.InferenceResponse(outputs)
'''
# Answers that differ on purpose: case -> why.
# The real server is 2.51; where a later one is stricter or clearer, ours follows the later one.
KNOWN = {
    "server metadata": "names its own version and only the extensions it has",
    "load broken": "the real one adds a Python traceback",
    "index of broken": "the real one adds a Python traceback",
    "index of noversion": "the real one forgets a model that has no version",
    "load ": "later servers refuse the name",
    "load ..": "later servers refuse the name",
    "load a/b": "later servers refuse the name",
    "infer missing required": "the real one lets a model run without a required input when the count is right",
    "infer extra input": "the real one loses a bracket, and names inputs in no order",
    "infer wrong rank": "the real one names either input",
    "infer batches differ": "the real one names either input",
    "infer output twice": "later servers refuse it",
    "index": "as the single models above",
    "ModelReady pair 2": "later servers answer with an error",
    "ModelReady nobody ": "later servers answer with an error",
    "ModelReady broken ": "later servers answer with an error",
    "ModelReady versions ": "later servers answer with an error",
    "ready unloaded": "later servers answer with an error",
    "statistics failing ": "the real one counts a Python model's error as a success",
    "statistics failing": "the real one counts a Python model's error as a success",
    "cuda register": "the real one tries; there is no GPU support here",
    "stream": "the real one leaves out the version of a failed request",
}


def make_repository(root):
    for name, (kind, text) in CONFIGS.items():
        directory = root / name
        versions = [] if name == "noversion" else ["1"]
        directory.mkdir(parents=True)
        if name == "echo":
            text += "".join(
                f'\ninput {{ name: "{t}" data_type: TYPE_{t} dims: [ -1 ] optional: true }}'
                f'\noutput {{ name: "OUT_{t}" data_type: TYPE_{t} dims: [ -1 ] }}'
                for t in ECHO_TYPES
            )
        (directory / "config.pbtxt").write_text(
            f'backend: "python"\n{text}\nparameters {{ key: "rewarddance_model" value {{ string_value: "{kind}" }} }}\n'
        )
        (directory / "labels.txt").write_text("zero\none\ntwo\nthree\n")
        for version in versions:
            add_version(root, name, version)


def add_version(root, model, version):
    (root / model / version).mkdir()
    (root / model / version / "model.py").write_text(MODEL)


class Server:
    """One server and its repository; answers become plain values that can be compared."""

    def __init__(self, address, root):
        import grpc
        from tritonclient.grpc import service_pb2, service_pb2_grpc

        self.pb, self.root = service_pb2, pathlib.Path(root)
        limit = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]
        self.channel = grpc.insecure_channel(address, options=limit)
        self.stub = service_pb2_grpc.GRPCInferenceServiceStub(self.channel)

    def call(self, rpc, request, **options):
        import grpc
        from google.protobuf.json_format import MessageToDict

        try:
            answer = getattr(self.stub, rpc)(request, timeout=30, **options)
            return MessageToDict(answer, preserving_proto_field_name=True)
        except grpc.RpcError as error:
            return {"code": error.code().name, "text": error.details()}

    def request(self, model, inputs, version="", outputs=(), raw=None, id="", parameters=None):
        request = self.pb.ModelInferRequest(model_name=model, model_version=version, id=id)
        for name, datatype, shape, data in inputs:
            tensor = request.inputs.add(name=name, datatype=datatype, shape=shape)
            if isinstance(data, bytes):
                request.raw_input_contents.append(data)
            elif data is not None:
                for field, values in data.items():
                    getattr(tensor.contents, field).extend(values)
        for output in outputs:
            name, options = output if isinstance(output, tuple) else (output, {})
            wanted = request.outputs.add(name=name)
            for key, (field, value) in options.items():
                setattr(wanted.parameters[key], field, value)
        for key, (field, value) in (parameters or {}).items():
            setattr(request.parameters[key], field, value)
        return request

    def infer(self, *args, **keywords):
        return self.call("ModelInfer", self.request(*args, **keywords))

    def load(self, model, **parameters):
        request = self.pb.RepositoryModelLoadRequest(model_name=model)
        for key, (field, value) in parameters.items():
            setattr(request.parameters[key.replace("__", ":").replace("_slash_", "/")], field, value)
        return self.call("RepositoryModelLoad", request)

    def unload(self, model):
        return self.call("RepositoryModelUnload", self.pb.RepositoryModelUnloadRequest(model_name=model))

    def index(self, only=None, ready=False):
        answer = self.call("RepositoryIndex", self.pb.RepositoryIndexRequest(ready=ready))
        rows = answer.get("models", [])
        return sorted((r for r in rows if only is None or r["name"] == only), key=json.dumps)

    def stream(self, requests, metadata=()):
        import grpc
        from google.protobuf.json_format import MessageToDict

        try:
            answers = self.stub.ModelStreamInfer(iter(requests), timeout=30, metadata=metadata)
            return [MessageToDict(a, preserving_proto_field_name=True) for a in answers]
        except grpc.RpcError as error:
            return {"code": error.code().name, "text": error.details()}

    def parallel(self, request, count, gap=0.05):
        """The answers to the same request sent `count` times, a moment apart."""
        answers = queue.Queue()
        threads = []
        for _ in range(count):
            thread = threading.Thread(target=lambda: answers.put(self.call("ModelInfer", request)))
            thread.start()
            threads.append(thread)
            time.sleep(gap)
        for thread in threads:
            thread.join()
        return sorted((answers.get() for _ in range(count)), key=json.dumps)


A3 = ("A", "FP32", [1, 3], bytes(12))
B2 = ("B", "INT32", [1, 2], bytes(8))
A1 = ("A", "FP32", [1, 1], bytes(4))


def bytes_element(*texts):
    return b"".join(len(t).to_bytes(4, "little") + t for t in texts)


def infer_cases():
    """name -> arguments of Server.infer."""
    yield "raw", ("pair", [A3, B2])
    yield "id and order of outputs", ("pair", [B2, A3]), {"id": "seven", "outputs": ["OB", "OA"]}
    yield "one output", ("pair", [A3, B2]), {"outputs": ["OA"]}
    typed = {"fp32_contents": [1, 2, 3]}
    yield "typed", ("pair", [("A", "FP32", [1, 3], typed), ("B", "INT32", [1, 1], {"int_contents": [5]})])
    yield "typed and raw", ("pair", [("A", "FP32", [1, 3], typed), B2])
    yield "typed of wrong field", ("pair", [("A", "FP32", [1, 3], {"fp64_contents": [1, 2, 3]}), ("B", "INT32", [1, 1], {"int_contents": [5]})])
    yield "typed twice", ("pair", [("A", "FP32", [1, 3], {"fp32_contents": [1, 2, 3], "fp64_contents": [1]}), ("B", "INT32", [1, 1], {"int_contents": [5]})])
    yield "typed too few", ("pair", [("A", "FP32", [1, 3], {"fp32_contents": [1]}), ("B", "INT32", [1, 1], {"int_contents": [5]})])
    yield "typed fp16", ("echo", [("FP16", "FP16", [1, 1], {"fp32_contents": [1]})])
    yield "no data", ("pair", [("A", "FP32", [1, 3], None), ("B", "INT32", [1, 1], None)])
    yield "raw for one only", ("pair", [A3, ("B", "INT32", [1, 1], None)])
    yield "unknown model", ("nobody", [A3])
    yield "never loaded", ("versions", [A1])
    yield "unknown version", ("pair", [A3, B2]), {"version": "9"}
    yield "version not a number", ("pair", [A3, B2]), {"version": "x"}
    yield "version negative", ("pair", [A3, B2]), {"version": "-2"}
    yield "right version", ("pair", [A3, B2]), {"version": "1"}
    yield "missing input", ("pair", [A3])
    yield "no input", ("pair", [])
    yield "missing optional", ("optional", [A1]), {"outputs": ["OA"]}
    yield "missing required", ("optional", [("B", "BYTES", [1, 2], bytes_element(b"x", b"y"))])
    yield "no input of optional", ("optional", [])
    yield "extra input", ("pair", [A3, B2, ("C", "FP32", [1, 1], bytes(4))])
    yield "unknown input", ("pair", [A3, ("C", "FP32", [1, 1], bytes(4))])
    yield "input twice", ("pair", [A3, A3])
    yield "unknown output", ("pair", [A3, B2]), {"outputs": ["Z"]}
    yield "output twice", ("optional", [A1]), {"outputs": ["OA", "OA"]}
    yield "wrong type", ("pair", [("A", "FP64", [1, 3], bytes(24)), B2])
    yield "unknown type", ("pair", [("A", "FP8", [1, 3], bytes(3)), B2])
    yield "wrong shape", ("pair", [("A", "FP32", [1, 4], bytes(16)), B2])
    yield "wrong rank", ("pair", [("A", "FP32", [3], bytes(12)), B2])
    yield "no shape", ("pair", [("A", "FP32", [], bytes(12)), B2])
    yield "dimension -1", ("pair", [A3, ("B", "INT32", [1, -1], bytes(8))])
    yield "too few bytes", ("pair", [("A", "FP32", [1, 3], bytes(8)), B2])
    yield "too many bytes", ("pair", [("A", "FP32", [1, 3], bytes(16)), B2])
    yield "batches differ", ("pair", [("A", "FP32", [2, 3], bytes(24)), B2])
    yield "batch too big", ("pair", [("A", "FP32", [9, 3], bytes(108)), ("B", "INT32", [9, 2], bytes(72))])
    yield "full batch", ("pair", [("A", "FP32", [8, 3], bytes(96)), ("B", "INT32", [8, 2], bytes(64))])
    yield "empty dimension", ("pair", [A3, ("B", "INT32", [1, 0], b"")])
    yield "plain", ("plain", [("X", "FP32", [2, 2], bytes(16))])
    yield "plain wrong shape", ("plain", [("X", "FP32", [3, 2], bytes(24))])
    two = bytes_element(b"ab", b"")
    yield "strings", ("optional", [A1, ("B", "BYTES", [1, 2], two)])
    yield "strings too few", ("optional", [A1, ("B", "BYTES", [1, 2], bytes_element(b"ab"))])
    yield "strings too many", ("optional", [A1, ("B", "BYTES", [1, 2], two + two)])
    yield "string length cut", ("optional", [A1, ("B", "BYTES", [1, 2], two + b"\1")])
    yield "typed strings", ("optional", [("A", "FP32", [1, 1], {"fp32_contents": [0.5]}), ("B", "BYTES", [1, 2], {"bytes_contents": [b"x", b"yz"]})])
    for name, size in zip(ECHO_TYPES, [1, 1, 2, 4, 8, 1, 2, 4, 8, 2, 4, 8, 0]):
        wire, data = ("BYTES", bytes_element(b"a", b"bc")) if name == "STRING" else (name, bytes([1, 0, 1, 0, 1, 0, 1, 0] * 2)[: 2 * size])
        yield f"echo {name}", ("echo", [(name, wire, [1, 2], data)]), {"outputs": [f"OUT_{name}"]}
    for field, name, values in [
        ("bool_contents", "BOOL", [True, False]), ("uint_contents", "UINT8", [1, 300]), ("uint_contents", "UINT16", [1, 70000]),
        ("uint_contents", "UINT32", [1, 2]), ("uint64_contents", "UINT64", [1, 2]), ("int_contents", "INT8", [-1, 200]),
        ("int_contents", "INT16", [-1, 40000]), ("int64_contents", "INT64", [-1, 2]), ("fp64_contents", "FP64", [0.5, 2]),
    ]:
        yield f"typed {name}", ("echo", [(name, name, [1, 2], {field: values})]), {"outputs": [f"OUT_{name}"]}
    yield "classification", ("plain", [("X", "FP32", [2, 2], bytes(range(16)))]), {"outputs": [("Y", {"classification": ("int64_param", 3)})]}
    yield "classification of rows", ("pair", [("A", "FP32", [2, 3], bytes(range(24))), ("B", "INT32", [2, 2], bytes(range(16)))]), {"outputs": [("OA", {"classification": ("int64_param", 2)}), ("OB", {"classification": ("int64_param", 9)})]}
    yield "classification zero", ("plain", [("X", "FP32", [2, 2], bytes(16))]), {"outputs": [("Y", {"classification": ("int64_param", 0)})]}
    yield "classification type", ("plain", [("X", "FP32", [2, 2], bytes(16))]), {"outputs": [("Y", {"classification": ("string_param", "1")})]}
    yield "output in unknown region", ("plain", [("X", "FP32", [2, 2], bytes(16))]), {"outputs": [("Y", {"shared_memory_region": ("string_param", "r"), "shared_memory_byte_size": ("int64_param", 16)})]}
    for key, field, value in [
        ("priority", "uint64_param", 1), ("priority", "int64_param", -1), ("priority", "string_param", "x"), ("timeout", "int64_param", 5000000),
        ("timeout", "string_param", "x"), ("sequence_id", "int64_param", 1), ("sequence_id", "bool_param", True), ("sequence_start", "string_param", "x"),
        ("triton_foo", "bool_param", True), ("triton_enable_empty_final_response", "bool_param", True), ("mine", "double_param", 0.5), ("mine", "uint64_param", 1),
    ]:
        yield f"parameter {key} {field}", ("pair", [A3, B2]), {"parameters": {key: (field, value)}}
    yield "model fails", ("failing", [A1]), {"id": "f"}


def cases():
    """name -> function of a server."""
    for model in ("echo", "pair", "optional", "plain", "slow", "late", "failing"):
        yield f"load {model}", lambda s, m=model: s.load(m)
    for model in ("broken", "noversion", "nobody", "", "..", "a/b", "badsyntax", "wrongname", "notype", "nodims", "zerodim", "negativebatch", "bigpreferred", "gpu"):
        yield f"load {model}", lambda s, m=model: s.load(m)
        yield f"index of {model}", lambda s, m=model: s.index(m)
    for case in infer_cases():
        name, args, keywords = (*case, {})[:3]
        yield f"infer {name}", lambda s, a=args, k=keywords: s.infer(*a, **k)
    yield from statistics_cases()
    yield "load parameter unknown", lambda s: s.load("pair", nonsense=("string_param", "x"))
    yield "load config of wrong type", lambda s: s.load("pair", config=("bytes_param", b"x"))
    yield "load config that is no JSON", lambda s: s.load("pair", config=("string_param", "x"))
    yield "load file without config", lambda s: s.load("pair", **{"file__1_slash_model.py": ("bytes_param", b"x")})
    yield "load again", lambda s: s.load("pair")
    yield "index", lambda s: s.index()
    yield "index ready", lambda s: s.index(ready=True)
    yield "server metadata", lambda s: s.call("ServerMetadata", s.pb.ServerMetadataRequest())
    yield "server live", lambda s: s.call("ServerLive", s.pb.ServerLiveRequest())
    yield "server ready with broken models", lambda s: s.call("ServerReady", s.pb.ServerReadyRequest())
    for rpc in ("ModelReady", "ModelMetadata", "ModelConfig"):
        for model, version in (("pair", ""), ("pair", "1"), ("pair", "2"), ("pair", "x"), ("nobody", ""), ("plain", ""), ("broken", ""), ("versions", ""), ("optional", ""), ("slow", "")):
            yield f"{rpc} {model} {version}", lambda s, r=rpc, m=model, v=version: s.call(r, getattr(s.pb, r + "Request")(name=m, version=v))
    yield from shared_memory_cases()
    yield from settings_cases()
    yield "queue full", lambda s: s.parallel(s.request("slow", [A1], id="q"), 4)
    yield "queue timeout", lambda s: s.parallel(s.request("late", [A1], id="q"), 2)
    yield from stream_cases()
    yield from version_cases()
    yield "override config", lambda s: s.load("plain", config=("string_param", json.dumps(override(s))))
    yield "overridden config", lambda s: s.call("ModelConfig", s.pb.ModelConfigRequest(name="plain"))["config"].get("parameters")
    yield "override files", lambda s: s.load("plain", **{"config": ("string_param", json.dumps(override(s))), "file__7_slash_model.py": ("bytes_param", MODEL.encode()), "file__labels.txt": ("bytes_param", b"zero")})
    yield "overridden index", lambda s: (time.sleep(2), s.index("plain"))[1]
    yield "overridden infer", lambda s: s.infer("plain", [("X", "FP32", [2, 2], bytes(16))])
    yield "load from disk again", lambda s: s.load("plain")
    yield "index from disk again", lambda s: (time.sleep(2), s.index("plain"))[1]
    # Last, because the real server 2.51 can crash afterwards.
    ends = [("triton_grpc_error", "true")]
    yield "stream that ends at an error", lambda s: s.stream([s.request("pair", [A3], id="3"), s.request("failing", [A1], id="5")], metadata=ends)


def override(server):
    config = server.call("ModelConfig", server.pb.ModelConfigRequest(name="plain"))["config"]
    config["parameters"]["extra"] = {"string_value": "yes"}
    return config


def statistics_cases():
    def counts(server, name, version=""):
        answer = server.call("ModelStatistics", server.pb.ModelStatisticsRequest(name=name, version=version))
        return forget_times(answer)

    for name, version in (("pair", ""), ("pair", "1"), ("pair", "3"), ("nobody", ""), ("versions", ""), ("failing", "")):
        yield f"statistics {name} {version}", lambda s, n=name, v=version: counts(s, n, v)
    yield "statistics of all", lambda s: sorted(m["name"] for m in counts(s, "")["model_stats"])


def forget_times(value):
    if isinstance(value, dict):
        return {k: forget_times(v) for k, v in value.items() if k not in ("ns", "last_inference")}
    return [forget_times(v) for v in value] if isinstance(value, list) else value


def shared_memory_cases():
    yield "cuda unregister all", lambda s: s.call("CudaSharedMemoryUnregister", s.pb.CudaSharedMemoryUnregisterRequest())
    yield "cuda status", lambda s: s.call("CudaSharedMemoryStatus", s.pb.CudaSharedMemoryStatusRequest())
    yield "cuda status unknown", lambda s: s.call("CudaSharedMemoryStatus", s.pb.CudaSharedMemoryStatusRequest(name="r"))
    yield "cuda register", lambda s: s.call("CudaSharedMemoryRegister", s.pb.CudaSharedMemoryRegisterRequest(name="r", raw_handle=bytes(64), byte_size=8))

    def register(server, name, key, offset, size):
        return server.call("SystemSharedMemoryRegister", server.pb.SystemSharedMemoryRegisterRequest(name=name, key=key, offset=offset, byte_size=size))

    def status(server, name=""):
        return server.call("SystemSharedMemoryStatus", server.pb.SystemSharedMemoryStatusRequest(name=name))

    def infer(server, offset=0, size=16):
        request = server.request("plain", [("X", "FP32", [2, 2], None)], outputs=[("Y", {"shared_memory_region": ("string_param", "r"), "shared_memory_offset": ("int64_param", 16), "shared_memory_byte_size": ("int64_param", size)})])
        where = request.inputs[0].parameters
        where["shared_memory_region"].string_param = "r"
        where["shared_memory_offset"].int64_param = offset
        where["shared_memory_byte_size"].int64_param = 16
        return server.call("ModelInfer", request)

    path = pathlib.Path("/dev/shm/compare-servers")
    yield "shm unregister all", lambda s: s.call("SystemSharedMemoryUnregister", s.pb.SystemSharedMemoryUnregisterRequest())
    yield "shm missing", lambda s: register(s, "r", "/compare-servers-nothing", 0, 8)
    yield "shm too big", lambda s: (path.write_bytes(bytes(range(16)) + bytes(48)), register(s, "r", "/compare-servers", 0, 65))[1]
    yield "shm register", lambda s: register(s, "r", "/compare-servers", 0, 64)
    yield "shm register again", lambda s: register(s, "r", "/compare-servers", 0, 64)
    yield "shm status", lambda s: status(s)
    yield "shm status unknown", lambda s: status(s, "z")
    yield "shm infer", infer
    yield "shm written", lambda s: path.read_bytes()[16:32].hex()
    yield "shm output too small", lambda s: infer(s, size=8)
    yield "shm offset outside", lambda s: infer(s, offset=64)
    yield "shm range outside", lambda s: infer(s, offset=60)
    yield "shm unregister", lambda s: s.call("SystemSharedMemoryUnregister", s.pb.SystemSharedMemoryUnregisterRequest(name="r"))
    yield "shm unregister unknown", lambda s: s.call("SystemSharedMemoryUnregister", s.pb.SystemSharedMemoryUnregisterRequest(name="r"))
    yield "shm infer unknown", lambda s: infer(s)


def settings_cases():
    def log(server, **settings):
        request = server.pb.LogSettingsRequest()
        for key, (field, value) in settings.items():
            setattr(request.settings[key], field, value)
        return server.call("LogSettings", request)

    def trace(server, model="", **settings):
        request = server.pb.TraceSettingRequest(model_name=model)
        for key, values in settings.items():
            request.settings[key].value.extend(values)
        return server.call("TraceSetting", request)

    yield "log", log
    yield "log set", lambda s: log(s, log_info=("bool_param", False), log_verbose_level=("uint32_param", 1), log_format=("string_param", "ISO8601"))
    yield "log reset", lambda s: log(s, log_info=("bool_param", True), log_verbose_level=("uint32_param", 0), log_format=("string_param", "default"))
    yield "log wrong type", lambda s: log(s, log_info=("string_param", "x"))
    yield "log wrong level", lambda s: log(s, log_verbose_level=("string_param", "x"))
    yield "log wrong format", lambda s: log(s, log_format=("string_param", "x"))
    yield "log file", lambda s: log(s, log_file=("string_param", "x"))
    yield "trace", trace
    yield "trace of model", lambda s: trace(s, "pair", trace_rate=["7"], log_frequency=["3"])
    yield "trace of unknown model", lambda s: trace(s, "nobody")
    yield "trace reset", lambda s: trace(s, "pair", trace_rate=[], log_frequency=[])
    yield "trace not a number", lambda s: trace(s, trace_rate=["x"])
    yield "trace two values", lambda s: trace(s, trace_count=["1", "2"])
    yield "trace count too small", lambda s: trace(s, trace_count=["-2"])
    yield "trace off and on", lambda s: trace(s, trace_level=["OFF", "TIMESTAMPS"])
    yield "trace file", lambda s: trace(s, trace_file=["x"])


def stream_cases():
    def requests(server):
        return [
            server.request("slow", [A1], id="1"),
            server.request("pair", [A3, B2], id="2"),
            server.request("pair", [A3], id="3"),
            server.request("nobody", [A3], id="4"),
            server.request("failing", [A1], id="5"),
            server.request("pair", [A3, B2], id="6", parameters={"triton_enable_empty_final_response": ("bool_param", True)}),
        ]

    yield "stream", lambda s: s.stream(requests(s))


def version_cases():
    def infer(server, version=""):
        return server.infer("versions", [A1], version=version)

    def settled_index(server):
        time.sleep(2)
        return server.index("versions")

    yield "load version 1", lambda s: s.load("versions")
    yield "infer version 1", infer
    yield "load version 2", lambda s: (time.sleep(1.1), add_version(s.root, "versions", "2"), s.load("versions"))[2]
    yield "infer unpinned", infer
    yield "index of two", settled_index
    yield "infer pinned to 1", lambda s: infer(s, "1")
    yield "infer pinned to 2", lambda s: infer(s, "2")
    yield "unload", lambda s: s.unload("versions")
    yield "index of unloaded", settled_index
    yield "infer unloaded", infer
    yield "infer pinned to unloaded", lambda s: infer(s, "2")
    yield "ready unloaded", lambda s: s.call("ModelReady", s.pb.ModelReadyRequest(name="versions"))
    yield "unload again", lambda s: s.unload("versions")
    yield "unload unknown", lambda s: s.unload("nobody")
    yield "load after unload", lambda s: s.load("versions")
    yield "index after load", settled_index


def says_more(left, right):
    """Ours may add its reason to a text that has none."""
    texts = [answer.pop("text", "") if isinstance(answer, dict) else "" for answer in (left, right)]
    more = left == right and texts[1].startswith(texts[0] + ": ")
    for answer, text in zip((left, right), texts):
        if text:
            answer["text"] = text
    return more


def compare(real, ours, pattern):
    differences = 0
    for number, (name, ask) in enumerate(cases(), 1):
        left, right = ask(real), ask(ours)
        if left == right or says_more(left, right) or pattern not in name:
            continue
        known = KNOWN.get(name)
        differences += known is None
        print(f"{'known: ' + known if known else 'DIFFERS'}: {name}\n  real {left}\n  ours {right}", flush=True)
    print(f"{number} questions, {differences} unexpected differences")
    return 1 if differences else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("repository")
    make.add_argument("directory", type=pathlib.Path)
    ask = commands.add_parser("compare")
    ask.add_argument("--real", nargs=2, metavar=("ADDRESS", "REPOSITORY"), required=True)
    ask.add_argument("--ours", nargs=2, metavar=("ADDRESS", "REPOSITORY"), required=True)
    ask.add_argument("--only", default="", help="print differences of questions whose name has this in it")
    arguments = parser.parse_args()
    if arguments.command == "repository":
        make_repository(arguments.directory)
        return 0
    return compare(Server(*arguments.real), Server(*arguments.ours), arguments.only)


if __name__ == "__main__":
    sys.exit(main())
