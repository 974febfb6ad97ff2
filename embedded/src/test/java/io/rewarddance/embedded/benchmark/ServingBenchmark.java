package io.rewarddance.embedded.benchmark;

import com.google.common.util.concurrent.ListenableFuture;
import com.sun.management.OperatingSystemMXBean;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.rewarddance.embedded.testing.Calls;
import io.rewarddance.embedded.testing.Repository;
import io.rewarddance.proto.local.LocalServices;
import io.rewarddance.proto.local.LocalStack;
import io.rewarddance.proto.local.LocalStackSettings;
import io.rewarddance.proto.tensor.InferCodec;
import io.rewarddance.proto.triton.GRPCInferenceServiceGrpc;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInferRequest.InferRequestedOutputTensor;
import io.rewarddance.proto.triton.ModelInferResponse;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;

/**
 * Times the quickstart's iteration, 24 groups of 6 images in 6 steps, drawn and judged through
 * gRPC, against ONNX Runtime called in process for the same rows and steps. Rounds of all of them
 * take turns, so that a slow moment of the machine meets each. Tells the first rounds, in which the
 * JVM's compiler takes processor time from the network, from those of a server that has run for a
 * minute or two. Run by {@code benchmarks/serving/run}. Arguments: threads, rounds of each phase,
 * rounds from the start to the second phase. Prints JSON lines.
 */
public final class ServingBenchmark {
  private static final int GROUPS = 24;
  private static final int GROUP_SIZE = 6;
  private static final int STEPS = 6;
  private static final int IMAGES = GROUPS * GROUP_SIZE;
  private static final int CHUNK_ROWS = 8;
  private static final int IN_FLIGHT = 24;

  private final GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub server;
  private final BareNetwork bare;
  private final int threads;

  private ServingBenchmark(ManagedChannel channel, BareNetwork bare, int threads) {
    this.server = GRPCInferenceServiceGrpc.newFutureStub(channel);
    this.bare = bare;
    this.threads = threads;
  }

  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    int settling = Integer.parseInt(arguments[2]);
    LocalStack stack = ServiceLoader.load(LocalStack.class).findFirst().orElseThrow();
    LocalStackSettings settings =
        new LocalStackSettings(
            Optional.of(
                new LocalStackSettings.Inference(Repository.model("shapes_judge").getParent(), 0)),
            Optional.empty(),
            threads);
    try (LocalServices services = stack.start(settings);
        BareNetwork bare = new BareNetwork(CHUNK_ROWS)) {
      ManagedChannel channel =
          NettyChannelBuilder.forTarget(services.inferenceEndpoint().orElseThrow())
              .usePlaintext()
              .maxInboundMessageSize(Integer.MAX_VALUE)
              .build();
      try {
        new ServingBenchmark(channel, bare, threads).measure(rounds, settling);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private void measure(int rounds, int settling) throws Exception {
    List<ModelInferRequest> draw = drawings();
    List<ModelInferRequest> judge = questions(ask(draw));
    phase("first", rounds, draw, judge);
    for (int round = rounds; round < settling; round++) {
      ask(draw);
      ask(judge);
    }
    phase("settled", rounds, draw, judge);
  }

  private void phase(
      String name, int rounds, List<ModelInferRequest> draw, List<ModelInferRequest> judge)
      throws Exception {
    Timing network = new Timing("onnxruntime, network alone", IMAGES);
    Timing drawn = new Timing("generator through grpc", IMAGES);
    Timing judged = new Timing("judge through grpc", IMAGES);
    for (int round = 0; round < rounds; round++) {
      network.time(() -> bare.run(threads, IMAGES * STEPS / CHUNK_ROWS));
      drawn.time(() -> ask(draw));
      judged.time(() -> ask(judge));
    }
    List.of(network, drawn, judged)
        .forEach(timing -> System.out.println(timing.json(name, threads)));
    System.out.printf(
        "{\"rounds\": \"%s\", \"grpc_over_in_process\": %.3f, \"of_best\": %.3f, \"by_cpu_time\": %.3f}%n",
        name,
        network.medianSeconds() / drawn.medianSeconds(),
        network.bestSeconds() / drawn.bestSeconds(),
        network.medianCpuSeconds() / drawn.medianCpuSeconds());
  }

  private List<ModelInferRequest> drawings() {
    String[] prompts = {"a red circle", "two blue squares", "a circle above a triangle"};
    return IntStream.range(0, GROUPS)
        .mapToObj(
            group -> {
              String[] same = new String[GROUP_SIZE];
              Arrays.fill(same, prompts[group % prompts.length]);
              long[] seeds =
                  IntStream.range(0, GROUP_SIZE).mapToLong(i -> 100L * group + i).toArray();
              return request("shapes_generator", Calls.generator(same, seeds));
            })
        .toList();
  }

  private List<ModelInferRequest> questions(List<ModelInferResponse> drawings) {
    return drawings.stream()
        .map(InferCodec::outputs)
        .map(
            outputs -> {
              String[] prompts = new String[GROUP_SIZE];
              Arrays.fill(prompts, "a red circle");
              return request(
                  "shapes_judge",
                  Calls.judge(prompts, outputs.get("image").int8s()),
                  "yes_log_prob",
                  "no_log_prob");
            })
        .toList();
  }

  /** Of all outputs unless some are named. */
  private static ModelInferRequest request(String model, Calls calls, String... outputs) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    InferCodec.addInputs(request, calls.call().inputs().values());
    for (String output : outputs) {
      request.addOutputs(InferRequestedOutputTensor.newBuilder().setName(output));
    }
    return request.build();
  }

  private List<ModelInferResponse> ask(List<ModelInferRequest> requests) throws Exception {
    Deque<ListenableFuture<ModelInferResponse>> flying = new ArrayDeque<>();
    List<ModelInferResponse> responses = new ArrayList<>();
    for (ModelInferRequest request : requests) {
      if (flying.size() == IN_FLIGHT) {
        responses.add(flying.poll().get());
      }
      flying.add(server.modelInfer(request));
    }
    while (!flying.isEmpty()) {
      responses.add(flying.poll().get());
    }
    return responses;
  }

  /** Seconds and processor seconds of each round of one kind. */
  private static final class Timing {
    private static final double NANOS = 1e9;
    private static final OperatingSystemMXBean SYSTEM =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final String name;
    private final int images;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> cpuSeconds = new ArrayList<>();

    Timing(String name, int images) {
      this.name = name;
      this.images = images;
    }

    interface Work {
      void run() throws Exception;
    }

    void time(Work work) throws Exception {
      long start = System.nanoTime();
      long cpuStart = SYSTEM.getProcessCpuTime();
      work.run();
      seconds.add((System.nanoTime() - start) / NANOS);
      cpuSeconds.add((SYSTEM.getProcessCpuTime() - cpuStart) / NANOS);
    }

    double medianSeconds() {
      return median(seconds);
    }

    double medianCpuSeconds() {
      return median(cpuSeconds);
    }

    double bestSeconds() {
      return seconds.stream().min(Double::compare).orElseThrow();
    }

    private static double median(List<Double> values) {
      return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    String json(String rounds, int threads) {
      return ("{\"rounds\": \"%s\", \"what\": \"%s\", \"threads\": %d, \"images\": %d, \"median_seconds\": %.3f,"
              + " \"best_seconds\": %.3f, \"median_cpu_seconds\": %.3f, \"images_per_second\": %.0f}")
          .formatted(
              rounds,
              name,
              threads,
              images,
              medianSeconds(),
              bestSeconds(),
              medianCpuSeconds(),
              images / medianSeconds());
    }
  }
}
