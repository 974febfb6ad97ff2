package io.rewarddance.driver.judge;

import io.rewarddance.driver.failure.ModelFailures;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Batches;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.InferAnswer;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.Prompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Asks a judge about images for people to look at: each order by itself, and the reason. */
public final class Examiner {
  private static final String REASON = "reason";
  private static final int BYTES_PER_ANSWER = 8;

  private final ServedModel model;
  private final Inference inference;
  private final String instruction;
  private final int reasonTokens;
  private final double massFloor;

  /**
   * @param instruction empty = the judge's own
   * @param reasonTokens most tokens of a reason; 0 = decision only
   * @param massFloor smallest P(yes) + P(no) that still counts as an answer
   * @throws io.rewarddance.driver.model.ModelMismatchException when the model isn't a judge
   */
  public Examiner(
      ServedModel model,
      Inference inference,
      String instruction,
      int reasonTokens,
      double massFloor) {
    Contracts.POINTWISE_JUDGE.require(model);
    this.model = model;
    this.inference = inference;
    this.instruction = instruction;
    this.reasonTokens = reasonTokens;
    this.massFloor = massFloor;
  }

  /** One opinion for each image, in order. */
  public CompletableFuture<List<Opinion>> examine(
      String id, Prompt prompt, List<Pixels> images, Optional<Pixels> reference) {
    List<Question> questions = new ArrayList<>();
    for (Pixels image : images) {
      questions.add(new Question(prompt, image, reference));
      reference.ifPresent(r -> questions.add(new Question(prompt, r, Optional.of(image))));
    }
    return Batches.ask(id, questions, model.maxBatch(), ModelFailures.JUDGE, this::send)
        .thenApply(statements -> opinions(statements, reference.isPresent()));
  }

  private static List<Opinion> opinions(List<Outcome<Statement>> statements, boolean pairs) {
    List<Opinion> opinions = new ArrayList<>();
    for (int i = 0; i < statements.size(); i += pairs ? 2 : 1) {
      opinions.add(
          new Opinion(
              statements.get(i), pairs ? Optional.of(statements.get(i + 1)) : Optional.empty()));
    }
    return opinions;
  }

  private CompletableFuture<List<Outcome<Statement>>> send(String id, List<Question> batch) {
    TreeSet<String> outputs = new TreeSet<>(Contracts.POINTWISE_JUDGE.wanted());
    if (model.output(REASON).isPresent()) {
      outputs.add(REASON);
    }
    return inference
        .infer(
            new InferCall(
                model.name(),
                InferCall.NEWEST,
                id,
                JudgeRequest.inputs(batch, instruction, reasonTokens),
                List.copyOf(outputs),
                (long) BYTES_PER_ANSWER * batch.size()))
        .thenApply(answer -> statements(answer, batch.size()));
  }

  private List<Outcome<Statement>> statements(InferAnswer answer, int rows) {
    List<Outcome<Verdict>> given = JudgeAnswer.read(answer, rows, massFloor, false);
    List<String> reasons = reasons(answer, rows);
    List<Outcome<Statement>> statements = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      String reason = reasons.get(row);
      statements.add(given.get(row).map(verdict -> new Statement(verdict.answer(), reason)));
    }
    return statements;
  }

  private static List<String> reasons(InferAnswer answer, int rows) {
    Tensor reasons = answer.outputs().get(REASON);
    if (reasons == null || !Contracts.POINTWISE_JUDGE.output(REASON).accepts(reasons, rows)) {
      return Collections.nCopies(rows, "");
    }
    return reasons.strings();
  }
}
