package io.rewarddance.driver.judges.train;

import io.rewarddance.driver.config.JudgeTrainingConfig;
import io.rewarddance.driver.judges.JobException;
import io.rewarddance.driver.judges.JobFolder;
import io.rewarddance.driver.publish.PolicyStore;
import io.rewarddance.driver.publish.VersionDirectories;
import io.rewarddance.proto.training.JudgeUpdateRequest;
import io.rewarddance.proto.training.UpdateReference;
import io.rewarddance.rollout.digest.Sha256;
import io.rewarddance.rollout.preference.Preference;
import io.rewarddance.rollout.preference.PreferenceFile;
import io.rewarddance.rollout.preference.PreferenceReader;
import io.rewarddance.rollout.preference.PreferenceSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files that a judge is trained and measured with, read and found sound.
 *
 * @param version the base's newest version directory
 * @param baseDigest sha-256 of its weights
 * @param digests of all preference files, by path
 * @param trained pairs of the training file
 * @param deciding content of the file that decides which update is kept
 */
record JudgeInputs(
    Path version,
    String baseDigest,
    Map<Path, String> digests,
    int trained,
    PreferenceSet deciding) {
  static JudgeInputs read(JudgeTrainingConfig config) throws JobException {
    try {
      VersionDirectories versions = new VersionDirectories(config.base());
      if (versions.versions().isEmpty()) {
        throw new IOException(config.base() + ": no version directory (expected: at least one)");
      }
      Path version = versions.directory(versions.versions().last());
      Path weights = version.resolve(PolicyStore.WEIGHTS);
      if (!Files.isRegularFile(weights)) {
        throw new IOException(weights + ": no such file (expected: the base's weights)");
      }
      Map<Path, String> digests = new TreeMap<>();
      PreferenceFile training = PreferenceReader.read(config.preferences());
      digests.put(config.preferences(), training.sha256());
      requireReasons(config, training);
      PreferenceSet deciding = null;
      for (JudgeTrainingConfig.Validation set : config.validation()) {
        PreferenceFile file = PreferenceReader.read(set.file());
        digests.put(set.file(), file.sha256());
        if (set.equals(config.deciding())) {
          deciding = file.set();
        }
      }
      return new JudgeInputs(version, Sha256.of(weights), digests, training.set().size(), deciding);
    } catch (IOException e) {
      throw JobException.refused(e);
    }
  }

  private static void requireReasons(JudgeTrainingConfig config, PreferenceFile training)
      throws IOException {
    boolean wanted = !config.update().reasons().equals("none");
    if (wanted
        && training.set().pairs().stream().map(Preference::reason).allMatch(String::isBlank)) {
      throw new IOException(
          training.path()
              + ": no reasons (expected: some, for reasons: "
              + config.update().reasons()
              + ")");
    }
  }

  /** What the job depends on beside its settings. */
  ObjectNode json(JudgeTrainingConfig config) {
    ObjectNode json = JobFolder.object();
    json.put("base", baseDigest);
    json.put("preferences", digests.get(config.preferences()));
    config
        .validation()
        .forEach(set -> json.put("validation " + set.name(), digests.get(set.file())));
    return json;
  }

  /** Directories that the backend has to read in. */
  List<Path> directories(JudgeTrainingConfig config) {
    List<Path> directories = new ArrayList<>();
    directories.add(config.base());
    digests.keySet().forEach(file -> directories.add(file.getParent()));
    return directories.stream().distinct().toList();
  }

  /**
   * What every update asks for.
   *
   * @param proof the file of the pairs that the published judge is asked about
   */
  JudgeUpdateRequest request(JudgeTrainingConfig config, PreferenceFile proof) {
    List<JudgeUpdateRequest.Validation> validation = new ArrayList<>();
    for (JudgeTrainingConfig.Validation set : config.validation()) {
      validation.add(
          new JudgeUpdateRequest.Validation(set.name(), uri(set.file()), digests.get(set.file())));
    }
    validation.add(
        new JudgeUpdateRequest.Validation(Proof.NAME, uri(proof.path()), proof.sha256()));
    return new JudgeUpdateRequest(
        new JudgeUpdateRequest.Base(uri(version), baseDigest),
        new UpdateReference(uri(config.preferences()), digests.get(config.preferences())),
        validation,
        config.update());
  }

  private static String uri(Path path) {
    return path.toAbsolutePath().toUri().toString();
  }
}
