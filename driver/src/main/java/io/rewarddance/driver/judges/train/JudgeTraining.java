package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.config.SettingsFile;
import io.rewarddance.driver.failure.StepFailedException;
import io.rewarddance.driver.judges.JobControl;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobFolder;
import io.rewarddance.driver.judges.JobListener;
import io.rewarddance.driver.judges.StageSeconds;
import io.rewarddance.driver.model.ModelMismatchException;
import io.rewarddance.driver.triton.TritonException;
import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.rewarddance.proto.training.JudgeUpdateResult;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.durable.Durable;
import io.rewarddance.rollout.preference.PreferenceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trains a judge: updates through the backend, each measured and written down; then the best one
 * becomes a Triton model, which is proven through gRPC. Killed at any moment, it goes on with the
 * update that it was at and ends with the same weights.
 */
public final class JudgeTraining {
  private static final String WEIGHTS = "weights.safetensors";

  private final SettingsFile<JudgeTrainingConfig> file;
  private final JudgeTrainingConfig config;
  private final JobListener listener;
  private final JobControl control;
  private final JudgeInputs inputs;
  private final Proof proof;
  private final JudgeModel model;
  private final Delivery delivery;
  private final BestUpdate best;
  private final StageSeconds seconds = new StageSeconds();

  private JudgeTraining(
      SettingsFile<JudgeTrainingConfig> file, JobListener listener, JobControl control)
      throws JobException {
    this.file = file;
    this.config = file.config();
    this.listener = listener;
    this.control = control;
    this.inputs = JudgeInputs.read(config);
    this.proof = Proof.of(config, inputs.deciding());
    this.model = new JudgeModel(config, inputs, JobFolder.identity(file, inputs.json(config)));
    this.delivery = new Delivery(config, model, proof);
    this.best = new BestUpdate(config.keep());
  }

  /**
   * Trains, or goes on with it; blocks until the end. Nothing is done where it had come to its end.
   *
   * @throws JobException when it can't be done, or was stopped; what is done stays
   */
  public static JudgeSummary run(
      SettingsFile<JudgeTrainingConfig> file, JobListener listener, JobControl control)
      throws JobException {
    JudgeTraining training = new JudgeTraining(file, listener, control);
    ObjectNode inputs = training.inputs.json(file.config());
    training.model.requirePlace();
    try (JobFolder folder = JobFolder.open(file.config().directory(), file, inputs)) {
      return training.run(folder);
    } catch (ModelMismatchException e) {
      throw JobException.refused(e);
    } catch (IOException | UncheckedIOException | StepFailedException | TritonException e) {
      throw JobException.failed(e);
    } catch (CompletionException e) {
      if (e.getCause() instanceof TritonException failed) {
        throw JobException.failed(failed);
      }
      throw e;
    }
  }

  private JudgeSummary run(JobFolder folder) throws IOException, JobException {
    JudgeBooks books = new JudgeBooks(config, folder);
    JudgeLines lines = new JudgeLines(config, listener);
    lines.start(inputs, books.results());
    if (books.proof().isPresent() && model.isOurs()) {
      return books.summary(model.directory());
    }
    delivery.rehearse();
    train(folder, books, lines);
    JudgeUpdateResult kept = books.results().get(best.of(books.results()));
    publish(folder, books, kept);
    double difference = delivery.prove(kept, seconds);
    books.end(kept.step(), kept.weightsDigest(), difference, seconds);
    JudgeSummary summary = books.summary(model.directory());
    books.write(summary);
    String page = new JudgeReport(config, file.yaml(), summary, books.results()).html();
    write(folder, "report.html", page);
    lines.end(summary, proof.size());
    return summary;
  }

  /** All updates that are missing, and the weights of the best. */
  private void train(JobFolder folder, JudgeBooks books, JudgeLines lines)
      throws IOException, JobException {
    Path weights = folder.directory().resolve(WEIGHTS);
    if (done(books) && isKept(books, weights)) {
      return;
    }
    PreferenceFile asked = proof.write(folder.directory().resolve("proof.h5"));
    JudgeUpdateRequest request = inputs.request(config, asked);
    Path state = folder.directory().resolve("backend");
    try (JudgeBackend backend = new JudgeBackend(config, state, inputs.directories(config))) {
      while (!done(books)) {
        control.check();
        update(backend, books, request, lines);
      }
      fetch(backend, books, weights);
    }
  }

  private boolean done(JudgeBooks books) {
    return books.results().size() >= config.updates() || best.exhausted(books.results());
  }

  private void update(
      JudgeBackend backend, JudgeBooks books, JudgeUpdateRequest request, JudgeLines lines)
      throws IOException {
    int step = books.results().size();
    int steps = config.update().steps();
    long total = (long) steps * config.updates();
    lines.progress((long) step * steps, total);
    long start = System.nanoTime();
    JudgeUpdateResult result =
        backend
            .client()
            .update(
                config.judge(),
                step,
                request,
                p -> lines.progress((long) (steps * (step + p.progress())), total));
    books.updated(result, (System.nanoTime() - start) / 1e9);
    lines.progress((long) (step + 1) * steps, total);
    lines.updated(result, best.of(books.results()) == step);
  }

  private boolean isKept(JudgeBooks books, Path weights) throws IOException {
    String digest = books.results().get(best.of(books.results())).weightsDigest();
    return Files.exists(weights) && Sha256.of(weights).equals(digest);
  }

  private void fetch(JudgeBackend backend, JudgeBooks books, Path weights)
      throws IOException, JobException {
    int step = best.of(books.results());
    Path part = weights.resolveSibling(WEIGHTS + ".new");
    backend.client().weights(config.judge(), step, part);
    String expected = books.results().get(step).weightsDigest();
    String digest = Sha256.of(part);
    if (!digest.equals(expected)) {
      throw JobException.failed(
          "weights of update " + step + ": " + digest + " (expected: " + expected + ")");
    }
    Durable.forceFile(part);
    Durable.move(part, weights);
  }

  private void publish(JobFolder folder, JudgeBooks books, JudgeUpdateResult kept)
      throws IOException {
    long start = System.nanoTime();
    JudgeSummary summary = books.summary(model.directory());
    String card = new JudgeCard(config, inputs, summary, kept).text();
    write(folder, "card.md", card);
    model.publish(folder.directory().resolve(WEIGHTS), card);
    seconds.add("publishing", (System.nanoTime() - start) / 1e9);
  }

  private static void write(JobFolder folder, String name, String text) throws IOException {
    Durable.write(folder.directory().resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }
}
