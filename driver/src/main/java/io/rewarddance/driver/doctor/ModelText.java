package io.rewarddance.driver.doctor;

import io.rewarddance.driver.doctor.triton.ModelLook;
import io.rewarddance.driver.model.Contract;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Difference;
import io.rewarddance.driver.model.Fit;
import io.rewarddance.driver.model.MessageSize;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.triton.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What there is to say of a served model. */
final class ModelText {
  private static final double KIB = 1 << 10;
  private static final double MIB = 1 << 20;

  private ModelText() {}

  /** The contracts that it fits, in words; empty for none. */
  static String roles(ModelLook model) {
    boolean pointwise = model.fits(Contracts.POINTWISE_JUDGE);
    boolean pairwise = model.fits(Contracts.PAIRWISE_JUDGE);
    List<String> roles = new ArrayList<>();
    if (model.fits(Contracts.GENERATOR)) {
      roles.add(Contracts.GENERATOR.role());
    }
    if (pointwise || pairwise) {
      String questions =
          pointwise && pairwise
              ? "pointwise and pairwise"
              : pointwise ? "pointwise only" : "pairwise only";
      roles.add("judge, " + questions);
    }
    Stream.of(Contracts.ORACLE, Contracts.STYLE, Contracts.CRITIC)
        .filter(model::fits)
        .map(Contract::role)
        .forEach(roles::add);
    return String.join("; ", roles);
  }

  /** Of a model that fits at least one contract: what it has, lacks, and takes. */
  static List<String> features(ModelLook model) {
    List<Fit> fitting = model.fits().stream().filter(Fit::fits).toList();
    List<String> lines = new ArrayList<>();
    onlyOneQuestion(model, lines);
    Fit fit = fitting.get(0);
    lines.add(
        Stream.of(list("has", fit.features()), list("lacks", fit.lacking()))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; ")));
    if (fit.contract().role().equals(Contracts.ORACLE.role())) {
      lines.add(list("measures also", drawing(fit.model())));
    }
    lines.add(batching(model.config().orElseThrow()) + "; " + size(MessageSize.of(fit)));
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private static void onlyOneQuestion(ModelLook model, List<String> lines) {
    boolean pointwise = model.fits(Contracts.POINTWISE_JUDGE);
    boolean pairwise = model.fits(Contracts.PAIRWISE_JUDGE);
    if (pointwise != pairwise) {
      Contract other = pointwise ? Contracts.PAIRWISE_JUDGE : Contracts.POINTWISE_JUDGE;
      Fit fit = other.fit(model.served().orElseThrow());
      String differences =
          fit.differences().stream().map(Difference::text).collect(Collectors.joining("; "));
      lines.add("not " + (pointwise ? "pairwise" : "pointwise") + ": " + differences);
    }
  }

  /** Outputs that an oracle reports by their names. */
  private static List<String> drawing(ServedModel model) {
    return model.outputs().stream()
        .filter(output -> !Contracts.ORACLE.wanted().contains(output.name()))
        .filter(output -> output.dimensions().equals(List.of(1L)))
        .filter(output -> output.type().filter(DataType.FP32::equals).isPresent())
        .map(output -> output.name())
        .toList();
  }

  private static String list(String word, List<String> names) {
    return names.isEmpty() ? "" : word + " " + String.join(", ", names);
  }

  private static String batching(ModelConfig config) {
    String batches = "batches of up to " + config.getMaxBatchSize();
    if (!config.hasDynamicBatching()) {
      return batches + ", no dynamic batching";
    }
    int queue = config.getDynamicBatching().getDefaultQueuePolicy().getMaxQueueSize();
    return batches + ", dynamic batching" + (queue > 0 ? ", a queue of " + queue : "");
  }

  private static String size(MessageSize size) {
    String least = size.varies() ? "at least " : "";
    return "a full one is %s there and %s%s back"
        .formatted(bytes(size.request()), least, bytes(size.answer()));
  }

  private static String bytes(long bytes) {
    return bytes < MIB
        ? String.format(Locale.ROOT, "%.0f KiB", bytes / KIB)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }
}
