package io.rewarddance.embedded.model.request;

import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;

/** The word list of a model's version. */
public final class VocabularyFile {
  private static final String NAME = "vocabulary.txt";

  private VocabularyFile() {}

  public static Vocabulary read(Path versionDirectory) throws ModelLoadException {
    try {
      return Vocabulary.read(versionDirectory.resolve(NAME));
    } catch (IOException e) {
      throw new ModelLoadException("can't read " + NAME + ": " + e.getMessage(), e);
    }
  }
}
