package io.rewarddance.embedded.server.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import io.rewarddance.proto.triton.ModelConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigCheckTest {
  private static final String INPUT = "input { name: \"X\" data_type: TYPE_FP32 dims: [ 2, -1 ] } ";

  private static ModelConfig config(String text) throws TextFormat.ParseException {
    ModelConfig.Builder config = ModelConfig.newBuilder().setName("m");
    TextFormat.merge(text, config);
    return ConfigDefaults.fill(config.build());
  }

  @Test
  void aPlainConfigurationIsFineAndGetsTritonsDefaults() throws Exception {
    ModelConfig config =
        config("backend: \"python\" max_batch_size: 4 dynamic_batching {} " + INPUT);
    assertThat(ConfigCheck.problem(config)).isEmpty();
    assertThat(ServableCheck.problem(config)).isEmpty();
    assertThat(config.getVersionPolicy().getLatest().getNumVersions()).isEqualTo(1);
    assertThat(config.getDynamicBatching().getPreferredBatchSizeList()).containsExactly(4);
    assertThat(config.getInstanceGroup(0).getName()).isEqualTo("m");
    assertThat(config.getInstanceGroup(0).getKind().name()).isEqualTo("KIND_CPU");
    assertThat(config.getDefaultModelFilename()).isEqualTo("model.py");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_batch_size: 1 | must specify 'platform' or 'backend' for 'm'",
        "backend: 'b' max_batch_size: -1 | 'max_batch_size' must be non-negative value for m",
        "backend: 'b' input { data_type: TYPE_FP32 dims: [ 1 ] } | model input must specify 'name' for m",
        "backend: 'b' input { name: 'X' dims: [ 1 ] } | model input 'X' must specify 'data_type' for m",
        "backend: 'b' output { name: 'Y' data_type: TYPE_FP32 } | model output 'Y' must specify 'dims' for m",
        "backend: 'b' input { name: 'X' data_type: TYPE_FP32 dims: [ 0 ] } | model input 'X' dimension must be integer >= 1, or -1 to indicate a variable-size dimension for m",
        "backend: 'b' input { name: 'X' data_type: TYPE_FP32 dims: [ 4 ] reshape { shape: [ 2, 3 ] } } | model input 'X' has different size for dims and reshape for m",
        "backend: 'b' input { name: 'X' data_type: TYPE_FP32 dims: [ -1 ] reshape { shape: [ 2 ] } } | model input 'X' has different number of variable-size dimensions for dims and reshape for m",
        "backend: 'b' max_batch_size: 2 dynamic_batching { preferred_batch_size: 3 } | dynamic batching preferred size must be <= max batch size for m",
        "backend: 'b' max_batch_size: 2 dynamic_batching { preferred_batch_size: 0 } | dynamic batching preferred size must be positive for m",
        "backend: 'b' max_batch_size: 2 dynamic_batching { priority_levels: 2 } | default priority level must be in range [1, 2] for m",
        "backend: 'b' max_batch_size: 2 dynamic_batching { preserve_ordering: true default_queue_policy { timeout_action: DELAY } } | Queue policy can not have DELAY as timeout action when 'preserve_ordering' is true for m",
      })
  void brokenConfigurationsAreRefusedInTritonsWords(String text, String problem) throws Exception {
    assertThat(ConfigCheck.problem(config(text))).contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "instance_group { kind: KIND_GPU } | instance group m_0 of model m has kind KIND_GPU but no GPUs are available",
        "sequence_batching {} | sequence_batching is not supported by this server, for m",
        "model_transaction_policy { decoupled: true } | model_transaction_policy { decoupled: true } is not supported by this server, for m",
        "model_warmup { name: 'w' } | model_warmup is not supported by this server, for m",
      })
  void whatCanNotBeServedIsRefusedAndNotIgnored(String text, String problem) throws Exception {
    assertThat(ServableCheck.problem(config("backend: 'b' " + text))).contains(problem);
  }
}
