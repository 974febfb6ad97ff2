package io.rewarddance.embedded.server.grpc;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.embedded.server.memory.SharedRegion;
import io.rewarddance.embedded.server.memory.SharedRegions;
import io.rewarddance.proto.triton.CudaSharedMemoryRegisterRequest;
import io.rewarddance.proto.triton.CudaSharedMemoryRegisterResponse;
import io.rewarddance.proto.triton.CudaSharedMemoryStatusRequest;
import io.rewarddance.proto.triton.CudaSharedMemoryStatusResponse;
import io.rewarddance.proto.triton.SystemSharedMemoryRegisterRequest;
import io.rewarddance.proto.triton.SystemSharedMemoryRegisterResponse;
import io.rewarddance.proto.triton.SystemSharedMemoryStatusResponse;
import io.rewarddance.proto.triton.SystemSharedMemoryStatusResponse.RegionStatus;
import io.rewarddance.proto.triton.SystemSharedMemoryUnregisterResponse;

/** The shared memory calls. There is never any CUDA memory here. */
final class MemoryCalls {
  private final SharedRegions regions;

  MemoryCalls(SharedRegions regions) {
    this.regions = regions;
  }

  SystemSharedMemoryStatusResponse status(String name) {
    SystemSharedMemoryStatusResponse.Builder status = SystemSharedMemoryStatusResponse.newBuilder();
    for (SharedRegion region : regions.status(name)) {
      status.putRegions(
          region.name(),
          RegionStatus.newBuilder()
              .setName(region.name())
              .setKey(region.key())
              .setOffset(region.offset())
              .setByteSize(region.byteSize())
              .build());
    }
    return status.build();
  }

  SystemSharedMemoryRegisterResponse register(SystemSharedMemoryRegisterRequest request) {
    regions.register(
        request.getName(), request.getKey(), request.getOffset(), request.getByteSize());
    return SystemSharedMemoryRegisterResponse.getDefaultInstance();
  }

  SystemSharedMemoryUnregisterResponse unregister(String name) {
    regions.unregister(name);
    return SystemSharedMemoryUnregisterResponse.getDefaultInstance();
  }

  CudaSharedMemoryStatusResponse cudaStatus(CudaSharedMemoryStatusRequest request) {
    if (!request.getName().isEmpty()) {
      throw RequestException.notFound(
          "Unable to find cuda shared memory region: '" + request.getName() + "'");
    }
    return CudaSharedMemoryStatusResponse.getDefaultInstance();
  }

  CudaSharedMemoryRegisterResponse cudaRegister(CudaSharedMemoryRegisterRequest request) {
    throw RequestException.invalid(
        "failed to register CUDA shared memory region: '%s', GPUs not supported"
            .formatted(request.getName()));
  }
}
