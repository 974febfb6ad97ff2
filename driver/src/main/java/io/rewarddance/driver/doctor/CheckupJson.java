package io.rewarddance.driver.doctor;

import io.rewarddance.driver.doctor.triton.ModelLook;
import io.rewarddance.driver.doctor.triton.ServerLook;
import io.rewarddance.driver.doctor.triton.Trouble;
import io.rewarddance.driver.model.Difference;
import io.rewarddance.driver.model.Fit;
import io.rewarddance.driver.model.ServedModel;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A checkup for programs; the keys are described in {@code docs/operations.md}. */
public final class CheckupJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private CheckupJson() {}

  public static String of(Checkup checkup) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("problems", checkup.problems());
    json.put("findings", checkup.findings().stream().map(CheckupJson::finding).toList());
    json.put("servers", checkup.servers().stream().map(CheckupJson::server).toList());
    return JSON.writeValueAsString(json);
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", finding.name());
    json.put("state", lower(finding.state()));
    json.put("detail", finding.detail());
    json.put("advice", finding.advice());
    return json;
  }

  private static Map<String, Object> server(ServerLook look) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("endpoint", look.endpoint());
    json.put("error", look.trouble().map(Trouble::detail).orElse(null));
    look.about()
        .ifPresent(
            about -> {
              json.put("name", about.name());
              json.put("version", about.version());
              json.put("extensions", about.extensions());
              json.put("live", about.live());
              json.put("ready", about.ready());
              json.put("loads", lower(about.loads()));
            });
    json.put("models", look.models().stream().map(CheckupJson::model).toList());
    return json;
  }

  private static Map<String, Object> model(ModelLook model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", model.name());
    json.put("versions", model.versions().stream().map(CheckupJson::version).toList());
    model.served().ifPresent(served -> json.putAll(served(served)));
    json.put("contracts", model.fits().stream().map(CheckupJson::fit).toList());
    return json;
  }

  private static Map<String, Object> version(ModelLook.Version version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version.version());
    json.put("state", version.state());
    json.put("reason", version.reason());
    return json;
  }

  private static Map<String, Object> served(ServedModel model) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("max_batch_size", model.maxBatch());
    json.put("decoupled", model.decoupled());
    return json;
  }

  private static Map<String, Object> fit(Fit fit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("contract", fit.contract().role());
    json.put("fits", fit.fits());
    json.put("has", fit.features());
    json.put("lacks", fit.lacking());
    json.put("differences", fit.differences().stream().map(CheckupJson::difference).toList());
    return json;
  }

  private static Map<String, Object> difference(Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", lower(difference.kind()));
    json.put("subject", difference.subject());
    json.put("found", difference.found());
    json.put("expected", difference.expected());
    return json;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
