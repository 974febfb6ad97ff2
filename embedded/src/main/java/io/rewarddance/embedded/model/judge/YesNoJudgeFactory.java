package io.rewarddance.embedded.model.judge;

import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.onnx.PolicyFile;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.embedded.model.request.VocabularyFile;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Opens judges from {@code pointwise.onnx}, {@code pairwise.onnx}, {@code weights.safetensors},
 * {@code vocabulary.txt} and, for image gradients and reasons, {@code pointwise_gradient.onnx},
 * {@code pairwise_gradient.onnx}, {@code pointwise_reasons.onnx}, {@code pairwise_reasons.onnx}. A
 * judge that gives its reason first is the latter two, and {@code *_reasons_gradient.onnx}.
 */
public final class YesNoJudgeFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "yes_no_judge";

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    ModelParameters parameters = new ModelParameters(config);
    parameters.requireBatches();
    Vocabulary vocabulary = VocabularyFile.read(versionDirectory);
    Tokenizer tokenizer = new Tokenizer(vocabulary, parameters.count("prompt_tokens"));
    YesNo answers =
        new YesNo(
            AnswerWords.of("yes_tokens", parameters, vocabulary),
            AnswerWords.of("no_tokens", parameters, vocabulary));
    String pointwiseText = parameters.text("pointwise_instruction");
    PolicyFile policy = PolicyFile.read(versionDirectory);
    JudgeFiles files = new JudgeFiles(versionDirectory, policy, parameters, tokenizer);
    QuestionNetworks pointwise = QuestionNetworks.open("pointwise", files);
    Optional<QuestionReader.Asked> pairwise;
    try {
      pairwise = pairwise(files);
    } catch (ModelLoadException e) {
      pointwise.close();
      throw e;
    }
    QuestionReader reader =
        new QuestionReader(
            tokenizer,
            files.subject(),
            new QuestionReader.Asked(pointwiseText, pointwise),
            pairwise);
    return new YesNoJudge(
        reader,
        vocabulary,
        new Answerer(pointwise, answers, vocabulary.size()),
        pairwise.map(asked -> new Answerer(asked.networks(), answers, vocabulary.size())),
        pool);
  }

  /** A judge that takes no reference is only asked about one image, or video, at a time. */
  private static Optional<QuestionReader.Asked> pairwise(JudgeFiles files)
      throws ModelLoadException {
    if (!files.parameters().hasInput("reference")) {
      return Optional.empty();
    }
    String instruction = files.parameters().text("pairwise_instruction");
    return Optional.of(
        new QuestionReader.Asked(instruction, QuestionNetworks.open("pairwise", files)));
  }
}
