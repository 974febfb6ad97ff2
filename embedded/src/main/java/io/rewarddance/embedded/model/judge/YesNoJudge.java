package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.FailureCode;
import io.rewarddance.embedded.model.InferCall;
import io.rewarddance.embedded.model.InferResult;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.request.Batches;
import io.rewarddance.embedded.model.request.RunQueue;
import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.tensor.Tensors;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One version of a judge: answers the rows of all calls, a network batch at a time. */
final class YesNoJudge implements ServedModel {
  private final QuestionReader reader;
  private final Vocabulary vocabulary;
  private final Answerer pointwise;
  private final Optional<Answerer> pairwise;
  private final RunQueue<JudgeRow> questions;
  private final RunQueue<JudgeRow> comparisons;

  YesNoJudge(
      QuestionReader reader,
      Vocabulary vocabulary,
      Answerer pointwise,
      Optional<Answerer> pairwise,
      ExecutionPool pool) {
    this.reader = reader;
    this.vocabulary = vocabulary;
    this.pointwise = pointwise;
    this.pairwise = pairwise;
    this.questions = new RunQueue<>(pool, pointwise.networks().rows(), pointwise::run);
    Answerer compares = pairwise.orElse(pointwise);
    this.comparisons = new RunQueue<>(pool, compares.networks().rows(), compares::run);
  }

  @Override
  public List<InferResult> infer(List<InferCall> batch) {
    return Batches.await(begin(batch));
  }

  @Override
  public List<CompletableFuture<InferResult>> begin(List<InferCall> batch) {
    return Batches.begin(
        batch, call -> new Asked(call, reader.read(call), vocabulary), this::start, Asked::result);
  }

  /** The rows of a call are all of one kind. */
  private List<CompletableFuture<Void>> start(List<Asked> calls) {
    Iterator<CompletableFuture<Void>> compared = start(calls, comparisons, true);
    Iterator<CompletableFuture<Void>> asked = start(calls, questions, false);
    return calls.stream()
        .map(call -> call.isComparison() ? compared.next() : asked.next())
        .toList();
  }

  private static Iterator<CompletableFuture<Void>> start(
      List<Asked> calls, RunQueue<JudgeRow> queue, boolean comparisons) {
    List<List<JudgeRow>> rows =
        calls.stream().filter(call -> call.isComparison() == comparisons).map(Asked::rows).toList();
    return queue.add(rows).iterator();
  }

  @Override
  public int rowsAhead() {
    return questions.rowsAhead();
  }

  @Override
  public void close() {
    pointwise.networks().close();
    pairwise.ifPresent(answerer -> answerer.networks().close());
  }

  /** A call in progress. */
  private record Asked(InferCall call, List<JudgeRow> rows, Vocabulary vocabulary) {
    boolean isComparison() {
      return rows.get(0).isComparison();
    }

    InferResult result() {
      if (call.cancelled().getAsBoolean()) {
        return InferResult.failure(FailureCode.CANCELLED, "request cancelled while it was judged");
      }
      return rows.stream()
          .flatMap(row -> row.failure().stream())
          .findFirst()
          .map(text -> InferResult.failure(FailureCode.INTERNAL, text))
          .orElseGet(this::answers);
    }

    private InferResult answers() {
      float[] yes = new float[rows.size()];
      float[] no = new float[rows.size()];
      for (int row = 0; row < rows.size(); row++) {
        yes[row] = rows.get(row).yesLogProb();
        no[row] = rows.get(row).noLogProb();
      }
      long[] shape = {rows.size(), 1};
      Map<String, Tensor> outputs = new HashMap<>();
      outputs.put("yes_log_prob", Tensors.ofFp32("yes_log_prob", shape, yes));
      outputs.put("no_log_prob", Tensors.ofFp32("no_log_prob", shape, no));
      outputs.put("reason", Tensors.ofStrings("reason", shape, reasons()));
      if (call.wants(JudgeRow.IMAGE_GRADIENT)) {
        outputs.put(JudgeRow.IMAGE_GRADIENT, imageGradients());
      }
      return new InferResult.Success(outputs);
    }

    private String[] reasons() {
      return rows.stream().map(row -> row.reason().text(vocabulary)).toArray(String[]::new);
    }

    private Tensor imageGradients() {
      long[] shape = call.input("image").shape();
      int pixels = rows.get(0).imageGradient().length;
      float[] all = new float[rows.size() * pixels];
      for (int row = 0; row < rows.size(); row++) {
        System.arraycopy(rows.get(row).imageGradient(), 0, all, row * pixels, pixels);
      }
      return Tensors.ofFp32(JudgeRow.IMAGE_GRADIENT, shape, all);
    }
  }
}
