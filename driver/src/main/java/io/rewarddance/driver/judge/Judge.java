package io.rewarddance.driver.judge;

import io.rewarddance.driver.config.JudgeConfig;
import io.rewarddance.driver.failure.ModelFailures;
import io.rewarddance.driver.failure.Outcome;
import io.rewarddance.driver.model.Batches;
import io.rewarddance.driver.model.Contract;
import io.rewarddance.driver.model.Contracts;
import io.rewarddance.driver.model.Inference;
import io.rewarddance.driver.model.ServedModel;
import io.rewarddance.driver.triton.InferCall;
import io.rewarddance.rollout.ImageGradient;
import io.rewarddance.rollout.Pixels;
import io.rewarddance.rollout.YesProbability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One judge of the run, asked its one kind of question. */
public final class Judge {
  private static final int BYTES_PER_ANSWER = 8;

  private final JudgeConfig config;
  private final ServedModel model;
  private final Inference inference;
  private final boolean gradients;

  /** A judge that is asked for answers only. */
  public Judge(JudgeConfig config, ServedModel model, Inference inference) {
    this(config, model, inference, false);
  }

  /**
   * @param gradients whether its image gradients are used
   * @throws io.rewarddance.driver.model.ModelMismatchException when the model isn't such a judge
   */
  public Judge(JudgeConfig config, ServedModel model, Inference inference, boolean gradients) {
    Contract contract = contract(config);
    (gradients ? Contracts.withGradient(contract) : contract).require(model);
    this.config = config;
    this.model = model;
    this.inference = inference;
    this.gradients = gradients;
  }

  /** What a model must be for this judge's kind of question. */
  public static Contract contract(JudgeConfig config) {
    return isPairwise(config) ? Contracts.PAIRWISE_JUDGE : Contracts.POINTWISE_JUDGE;
  }

  private static boolean isPairwise(JudgeConfig config) {
    return config.question() == JudgeConfig.Question.PAIRWISE;
  }

  public JudgeConfig config() {
    return config;
  }

  public String name() {
    return config.name();
  }

  public boolean isPairwise() {
    return isPairwise(config);
  }

  /** One outcome for each subject, in order. */
  public CompletableFuture<List<Outcome<YesProbability>>> judge(String id, List<Subject> subjects) {
    return verdicts(id, subjects, false).thenApply(Judge::answers);
  }

  /** One outcome for each subject, in order, with image gradients if this judge's are used. */
  public CompletableFuture<List<Outcome<Verdict>>> verdicts(String id, List<Subject> subjects) {
    return verdicts(id, subjects, gradients);
  }

  private CompletableFuture<List<Outcome<Verdict>>> verdicts(
      String id, List<Subject> subjects, boolean withGradients) {
    List<Question> questions = subjects.stream().flatMap(s -> questions(s).stream()).toList();
    return ask(id, questions, withGradients).thenApply(answers -> combine(subjects, answers));
  }

  /** One outcome for each question, in order. */
  public CompletableFuture<List<Outcome<YesProbability>>> ask(String id, List<Question> questions) {
    return ask(id, questions, false).thenApply(Judge::answers);
  }

  private static List<Outcome<YesProbability>> answers(List<Outcome<Verdict>> verdicts) {
    return verdicts.stream().map(verdict -> verdict.map(Verdict::answer)).toList();
  }

  private CompletableFuture<List<Outcome<Verdict>>> ask(
      String id, List<Question> questions, boolean withGradients) {
    return Batches.<Question, Verdict>ask(
            id,
            questions,
            model.maxBatch(),
            ModelFailures.JUDGE,
            (part, batch) -> send(part, batch, withGradients))
        .thenApply(answers -> answers.stream().map(answer -> answer.by(name())).toList());
  }

  private CompletableFuture<List<Outcome<Verdict>>> send(
      String id, List<Question> batch, boolean withGradients) {
    Contract plain = contract(config);
    Contract contract = withGradients ? Contracts.withGradient(plain) : plain;
    long gradientBytes =
        withGradients ? (long) Float.BYTES * batch.get(0).sample().rgb().length : 0;
    return inference
        .infer(
            new InferCall(
                model.name(),
                InferCall.NEWEST,
                id + "/judge=" + name(),
                JudgeRequest.inputs(batch, config.instruction()),
                contract.wanted().stream().sorted().toList(),
                (BYTES_PER_ANSWER + gradientBytes) * batch.size()))
        .thenApply(
            answer -> JudgeAnswer.read(answer, batch.size(), config.massFloor(), withGradients));
  }

  private List<Question> questions(Subject subject) {
    if (!isPairwise()) {
      return List.of(new Question(subject.prompt(), subject.sample(), Optional.empty()));
    }
    if (subject.references().isEmpty()) {
      throw new IllegalStateException(
          "judge '" + name() + "': no reference for '" + subject.prompt().text() + "'");
    }
    List<Question> questions = new ArrayList<>();
    for (Pixels reference : subject.references()) {
      questions.add(new Question(subject.prompt(), subject.sample(), Optional.of(reference)));
      if (config.bothOrders()) {
        questions.add(new Question(subject.prompt(), reference, Optional.of(subject.sample())));
      }
    }
    return questions;
  }

  private List<Outcome<Verdict>> combine(List<Subject> subjects, List<Outcome<Verdict>> answers) {
    List<Outcome<Verdict>> combined = new ArrayList<>(subjects.size());
    int next = 0;
    for (Subject subject : subjects) {
      int count = questions(subject).size();
      List<Outcome<Verdict>> own = answers.subList(next, next + count);
      combined.add(
          Answers.mean(turned(answers(own))).map(mean -> new Verdict(mean, gradient(own))));
      next += count;
    }
    return combined;
  }

  /** The gradient by the judged image; from the reference's side there is none. */
  private Optional<ImageGradient> gradient(List<Outcome<Verdict>> own) {
    return config.bothOrders()
        ? Optional.empty()
        : Gradients.ofMean(own.stream().map(verdict -> verdict.value().orElseThrow()).toList());
  }

  /** In both orders every second question was asked from the reference's side. */
  private List<Outcome<YesProbability>> turned(List<Outcome<YesProbability>> answers) {
    if (!isPairwise() || !config.bothOrders()) {
      return answers;
    }
    List<Outcome<YesProbability>> turned = new ArrayList<>(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      turned.add(i % 2 == 0 ? answers.get(i) : answers.get(i).map(Answers::swapped));
    }
    return turned;
  }
}
