package io.rewarddance.embedded.server.infer;

import io.rewarddance.embedded.server.RequestException;
import io.rewarddance.proto.tensor.DataType;
import io.rewarddance.proto.tensor.InputData;
import io.rewarddance.proto.tensor.Shapes;
import io.rewarddance.proto.tensor.Tensor;
import io.rewarddance.proto.triton.ModelConfig;
import io.rewarddance.proto.triton.ModelInferRequest;
import io.rewarddance.proto.triton.ModelInput;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Holds the inputs of one request to a model's configuration, in Triton's order and with Triton's
 * texts.
 */
final class InputCheck {
  private final ModelConfig config;
  private final String prefix;
  private final boolean batched;
  private final Map<String, ModelInput> known = new LinkedHashMap<>();

  /**
   * @param prefix begins every text: the request's id
   */
  InputCheck(ModelConfig config, String prefix) {
    this.config = config;
    this.prefix = prefix;
    this.batched = config.getMaxBatchSize() > 0;
    config.getInputList().forEach(input -> known.put(input.getName(), input));
  }

  /**
   * The tensors that the model gets, by name.
   *
   * @throws RequestException INVALID_ARGUMENT naming the input
   */
  Map<String, Tensor> tensors(List<InputData> inputs) {
    SortedMap<String, InputData> byName = new TreeMap<>();
    inputs.forEach(input -> byName.put(input.name(), input));
    InputCount count = new InputCount(config, prefix, byName.keySet());
    count.check();
    byName.values().forEach(this::requireKnown);
    if (batched) {
      checkRows(byName);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    byName.values().forEach(input -> tensors.put(input.name(), tensor(input)));
    count.requireAll();
    return tensors;
  }

  /**
   * Looked at before the inputs have data.
   *
   * @throws RequestException INVALID_ARGUMENT naming an input that comes twice
   */
  void requireDistinct(List<ModelInferRequest.InferInputTensor> inputs) {
    Set<String> names = new HashSet<>();
    for (ModelInferRequest.InferInputTensor input : inputs) {
      if (!names.add(input.getName())) {
        throw invalid("input '" + input.getName() + "' already exists in request");
      }
    }
  }

  private void requireKnown(InputData input) {
    if (!known.containsKey(input.name())) {
      throw RequestException.invalid(
          "unexpected inference input '%s' for model '%s'"
              .formatted(input.name(), config.getName()));
    }
  }

  private void checkRows(SortedMap<String, InputData> inputs) {
    String model = config.getName();
    long rows = -1;
    for (InputData input : inputs.values()) {
      if (input.shape().length == 0) {
        throw invalid(
            "input '%s' has no shape but model requires batch dimension for '%s'"
                .formatted(input.name(), model));
      }
      if (rows >= 0 && input.shape()[0] != rows) {
        throw invalid(
            "input '%s' batch size does not match other inputs for '%s'"
                .formatted(input.name(), model));
      }
      rows = input.shape()[0];
      if (rows < 1) {
        throw invalid(
            "inference request batch-size must be >= 1 for '%s', input '%s' has %d"
                .formatted(model, input.name(), rows));
      }
    }
    if (rows > config.getMaxBatchSize()) {
      throw invalid(
          "inference request batch-size must be <= %d for '%s'"
              .formatted(config.getMaxBatchSize(), model));
    }
  }

  private Tensor tensor(InputData input) {
    ModelInput wanted = known.get(input.name());
    DataType type = DataType.ofConfig(wanted.getDataType()).orElseThrow();
    checkType(input, type);
    checkShape(input, Shapes.of(wanted.getDimsList()));
    new DataCheck(prefix, input.name(), config.getName()).check(type, input.shape(), input.data());
    Tensor tensor = Tensor.of(input.name(), type, input.shape(), input.data());
    return wanted.hasReshape()
        ? tensor.reshaped(
            Reshape.apply(
                wanted.getDimsList(), wanted.getReshape().getShapeList(), input.shape(), batched))
        : tensor;
  }

  private void checkType(InputData input, DataType type) {
    if (input.type().filter(type::equals).isEmpty()) {
      throw invalid(
          "inference input '%s' data-type is '%s', but model '%s' expects '%s'"
              .formatted(
                  input.name(),
                  input.type().map(DataType::wireName).orElse("<invalid>"),
                  config.getName(),
                  type.wireName()));
    }
  }

  private void checkShape(InputData input, long[] dims) {
    long[] shape = batched ? Shapes.rowShape(input.shape()) : input.shape();
    boolean matches = shape.length == dims.length;
    for (int i = 0; matches && i < dims.length; i++) {
      if (shape[i] < 0) {
        throw invalid(
            "All input dimensions should be specified for input '%s' for model '%s', got %s"
                .formatted(input.name(), config.getName(), Shapes.text(input.shape())));
      }
      matches = dims[i] == -1 || dims[i] == shape[i];
    }
    if (!matches) {
      long[] expected = batched ? Shapes.withRows(-1, dims) : dims;
      throw invalid(
          "unexpected shape for input '%s' for model '%s'. Expected %s, got %s. %s"
              .formatted(
                  input.name(),
                  config.getName(),
                  Shapes.text(expected),
                  Shapes.text(input.shape()),
                  batched ? BATCH_NOTE : ""));
    }
  }

  private RequestException invalid(String text) {
    return RequestException.invalid(prefix + text);
  }

  private static final String BATCH_NOTE =
      "NOTE: Setting a non-zero max_batch_size in the model config requires a batch dimension to be"
          + " prepended to each input shape. If you want to specify the full shape including the"
          + " batch dim in your input dims config, try setting max_batch_size to zero. See the"
          + " model configuration docs for more info on max_batch_size.";
}
