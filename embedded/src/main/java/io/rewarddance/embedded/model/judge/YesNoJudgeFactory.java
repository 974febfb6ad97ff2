package io.rewarddance.embedded.model.judge;

import ai.onnxruntime.OnnxJavaType;
import io.rewarddance.embedded.model.ExecutionPool;
import io.rewarddance.embedded.model.ModelFactory;
import io.rewarddance.embedded.model.ModelLoadException;
import io.rewarddance.embedded.model.ServedModel;
import io.rewarddance.embedded.model.onnx.Network;
import io.rewarddance.embedded.model.onnx.PolicyFile;
import io.rewarddance.embedded.model.request.ModelParameters;
import io.rewarddance.embedded.model.request.VocabularyFile;
import io.rewarddance.embedded.text.Tokenizer;
import io.rewarddance.embedded.text.Vocabulary;
import io.rewarddance.proto.triton.ModelConfig;
import java.nio.file.Path;

/**
 * Opens judges from {@code pointwise.onnx}, {@code pairwise.onnx}, {@code weights.safetensors} and
 * {@code vocabulary.txt}.
 */
public final class YesNoJudgeFactory implements ModelFactory {
  /** The value of {@code rewarddance_model} for these models. */
  public static final String KIND = "yes_no_judge";

  /** Rows of a network run; {@code benchmarks/serving/run chunks} measures what others cost. */
  private static final int CHUNK_ROWS = 8;

  @Override
  public ServedModel open(
      ModelConfig config, Path versionDirectory, long version, ExecutionPool pool)
      throws ModelLoadException {
    ModelParameters parameters = new ModelParameters(config);
    parameters.requireBatches();
    Vocabulary vocabulary = VocabularyFile.read(versionDirectory);
    Tokenizer tokenizer = new Tokenizer(vocabulary, parameters.count("prompt_tokens"));
    AnswerWords yes = AnswerWords.of("yes_tokens", parameters, vocabulary);
    AnswerWords no = AnswerWords.of("no_tokens", parameters, vocabulary);
    QuestionReader reader =
        new QuestionReader(
            tokenizer,
            parameters.text("pointwise_instruction"),
            parameters.text("pairwise_instruction"));
    Networks networks = Networks.open(parameters, versionDirectory, tokenizer);
    return new YesNoJudge(
        reader,
        new Answerer(networks.pointwise(), yes, no, vocabulary.size()),
        new Answerer(networks.pairwise(), yes, no, vocabulary.size()),
        pool);
  }

  private record Networks(Network pointwise, Network pairwise) {
    static Networks open(ModelParameters parameters, Path directory, Tokenizer tokenizer)
        throws ModelLoadException {
      PolicyFile policy = PolicyFile.read(directory);
      long[] image = parameters.inputShape("image");
      Network pointwise =
          requireCommon(open(directory, "pointwise.onnx", policy), image, tokenizer);
      try {
        Network pairwise =
            requireCommon(open(directory, "pairwise.onnx", policy), image, tokenizer)
                .require("reference", OnnxJavaType.UINT8, image);
        return new Networks(pointwise, pairwise);
      } catch (ModelLoadException e) {
        pointwise.close();
        throw e;
      }
    }

    private static Network open(Path directory, String graph, PolicyFile policy)
        throws ModelLoadException {
      return Network.open(directory.resolve(graph), policy.weights(), CHUNK_ROWS);
    }

    private static Network requireCommon(Network network, long[] image, Tokenizer tokenizer)
        throws ModelLoadException {
      return network
          .require("image", OnnxJavaType.UINT8, image)
          .require("tokens", OnnxJavaType.INT64, tokenizer.length())
          .require("log_probs", OnnxJavaType.FLOAT, tokenizer.vocabulary().size());
    }
  }
}
