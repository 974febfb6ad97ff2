"""Health, metadata, configuration, statistics and settings; then the life of models, each step building on the last."""

from __future__ import annotations

from .build import FAILED, SETTLE, control, generator_inputs, infer, oracle_inputs
from .new_model_cases import PARTS as NEW_MODEL

MODELS = (
    "shapes_generator", "shapes_judge", "shapes_oracle", "shapes_style", "shapes_critic", "shapes_vlm_s",
    "judge_m_regressive", "judge_xl_pairwise", "shapes_video_generator", "shapes_video_judge", "shapes_video_oracle",
)  # fmt: skip
TIMES = ("ns", "last_inference")


def facts():
    """Nothing here changes the server."""
    yield control("live", "ServerLive")
    yield control("ready", "ServerReady")
    yield control("server metadata", "ServerMetadata", ignore=["version"])
    for model in (*MODELS, "nothing", ""):
        for version in ("", "1", "2", "abc"):
            if model in MODELS[1:] and version in ("2", "abc"):
                continue
            request = {"name": model, "version": version}
            for rpc in ("ModelReady", "ModelMetadata", "ModelConfig"):
                yield control(f"{rpc} of {model!r} version {version!r}", rpc, request)
    for model, version in (
        ("shapes_oracle", ""),
        ("shapes_oracle", "1"),
        ("shapes_oracle", "2"),
        ("nothing", ""),
        ("", "1"),
    ):
        yield control(
            f"statistics of {model!r} version {version!r}",
            "ModelStatistics",
            {"name": model, "version": version},
            TIMES,
        )
    for ready in (False, True):
        yield control(f"index ready={ready}", "RepositoryIndex", {"ready": ready})
    yield control("index of another repository", "RepositoryIndex", {"repository_name": "other"})


def statistics():
    yield infer("a request to be counted", "shapes_oracle", oracle_inputs([0, 1, 2]))
    yield infer("a refusal to be counted", "shapes_oracle", oracle_inputs([0], ["mauve"]))
    yield control("statistics after both", "ModelStatistics", {"name": "shapes_oracle", "version": "1"}, TIMES)


def memory_and_settings():
    yield control("system memory, none", "SystemSharedMemoryStatus")
    yield control("system memory, an unknown region", "SystemSharedMemoryStatus", {"name": "nowhere"})
    yield control("unregister all system memory", "SystemSharedMemoryUnregister")
    yield control("unregister an unknown region", "SystemSharedMemoryUnregister", {"name": "nowhere"})
    missing = {"name": "r", "key": "/rewarddance-no-such-key", "byte_size": 64}
    yield control("register memory that is not there", "SystemSharedMemoryRegister", missing)
    yield control("CUDA memory, none", "CudaSharedMemoryStatus")
    yield control("unregister all CUDA memory", "CudaSharedMemoryUnregister")
    yield control("trace settings", "TraceSetting")
    yield control("trace settings of a model", "TraceSetting", {"model_name": "shapes_oracle"})
    yield control("trace settings of no model", "TraceSetting", {"model_name": "nothing"})
    yield control("trace settings, unknown", "TraceSetting", {"settings": {"colour": {"value": ["red"]}}})
    yield control("log settings", "LogSettings")
    yield control("log settings, unknown", "LogSettings", {"settings": {"colour": {"bool_param": True}}})
    yield control("log settings, wrong type", "LogSettings", {"settings": {"log_info": {"string_param": "no"}}})


def load(model: str, note: str = "", **parameters) -> dict:
    return control(f"load {model}{note}", "RepositoryModelLoad", {"model_name": model, "parameters": parameters})


def unload(model: str, note: str = "", **parameters) -> dict:
    return control(f"unload {model}{note}", "RepositoryModelUnload", {"model_name": model, "parameters": parameters})


def index(note: str, ignore=()) -> dict:
    return control(f"index {note}", "RepositoryIndex", ignore=ignore)


def draw(note: str, version: str = "", policy: int = -1) -> dict:
    inputs = generator_inputs(["a red circle"], [1], steps=2, policy_version=policy)
    return infer(f"draw {note}", "shapes_generator", inputs, version=version)


def files(**change) -> dict:
    return {"name": f"files {change}", "files": change}


def publishing():
    """A new version directory, then load: what the driver does for every policy."""
    model = "shapes_generator"
    yield load(model, " with nothing new")
    yield SETTLE
    yield files(copy=[f"{model}/1", f"{model}/2"])
    yield draw("before the load of version 2", policy=1)
    yield load(model, " with version 2")
    yield SETTLE
    yield index("after version 2")
    for version in ("", "1", "2"):
        yield draw(f"from version {version!r}", version)
        yield control(f"ready version {version!r}", "ModelReady", {"name": model, "version": version})
        yield control(f"metadata version {version!r}", "ModelMetadata", {"name": model, "version": version})
    yield draw("with policy 1 from version 2", policy=1)
    yield draw("with policy 2", policy=2)
    yield control("statistics of version 1, which is gone", "ModelStatistics", {"name": model, "version": "1"}, TIMES)
    yield files(copy=[f"{model}/1", f"{model}/3"])
    yield files(remove=f"{model}/3/weights.safetensors")
    yield control("load of a version without weights", "RepositoryModelLoad", {"model_name": model}, ["message"])
    yield SETTLE
    yield index("after a failed load", FAILED)
    yield draw("after a failed load")
    yield files(remove=f"{model}/3")
    yield files(remove=f"{model}/2")
    yield load(model, " with version 2 gone")
    yield SETTLE
    yield index("after version 2 is gone", FAILED)
    yield draw("from version 1 again")


def unloading():
    model = "shapes_oracle"
    yield unload(model)
    yield SETTLE
    yield index("after unload", FAILED)
    yield control("ready index after unload", "RepositoryIndex", {"ready": True})
    yield infer("infer on an unloaded model", model, oracle_inputs([0]))
    yield infer("infer on an unloaded version", model, oracle_inputs([0]), version="1")
    for rpc in ("ModelReady", "ModelMetadata", "ModelConfig", "ModelStatistics"):
        yield control(f"{rpc} of an unloaded model", rpc, {"name": model}, TIMES)
    yield control("server ready with a model unloaded", "ServerReady")
    yield unload(model, " a second time")
    yield unload("nothing")
    yield unload(model, " with dependents", unload_dependents={"bool_param": True})
    yield unload(model, " with an unknown parameter", colour={"bool_param": True})
    yield load(model, " again")
    yield SETTLE
    yield index("after the load", FAILED)
    yield infer("infer on a model loaded again", model, oracle_inputs([0]))


def failing_loads():
    yield load("nothing")
    yield load("")
    yield load("shapes_oracle", " with an unknown parameter", colour={"string_param": "red"})
    yield load("shapes_oracle", " with config that is not JSON", config={"string_param": "{"})
    yield load("shapes_oracle", " with config of the wrong type", config={"bool_param": True})
    yield load("shapes_oracle", " with a file but no config", **{"file:1/x": {"bytes_param": "YQ=="}})
    request = {"repository_name": "other", "model_name": "shapes_oracle"}
    yield control("load from another repository", "RepositoryModelLoad", request)
    yield control("unload from another repository", "RepositoryModelUnload", request)
    config = 'name: "{}"\nbackend: "python"\nmax_batch_size: 4\n'
    tensors = 'input [ { name: "x" data_type: TYPE_INT32 dims: [ 1 ] } ]\noutput [ { name: "y" data_type: TYPE_INT32 dims: [ 1 ] } ]\n'
    broken = {
        "no_version": config.format("no_version") + tensors,
        "misnamed": config.format("another") + tensors,
        "no_tensors": config.format("no_tensors"),
        "unparsable": "name: \n",
        "bad_batch": config.format("bad_batch").replace("4", "-1") + tensors,
        "no_backend": 'name: "no_backend"\n' + tensors,
        "bad_dims": config.format("bad_dims") + tensors.replace("dims: [ 1 ]", "dims: [ 0 ]"),
        "preferred_above_batch": config.format("preferred_above_batch")
        + tensors
        + "dynamic_batching { preferred_batch_size: [ 8 ] }\n",
    }
    for model, text in broken.items():
        yield files(write=[f"{model}/config.pbtxt", text])
        yield load(model)
    yield index("with models that can't be loaded", FAILED)
    yield control("ready with models that can't be loaded", "ServerReady")
    for model in ("no_version", "misnamed"):
        yield control(f"ModelReady of {model}", "ModelReady", {"name": model})
        yield infer(f"infer on {model}", model, oracle_inputs([0]))
    for model in broken:
        yield files(remove=model)
    yield index("with those models gone", FAILED)


def cases() -> list[dict]:
    parts = (facts, statistics, memory_and_settings, publishing, unloading, failing_loads, *NEW_MODEL)
    return [case for part in parts for case in part()]
