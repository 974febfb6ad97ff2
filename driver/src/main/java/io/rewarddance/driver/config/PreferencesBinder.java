package io.rewarddance.driver.config;

import io.rewarddance.rollout.Sampler;
import io.rewarddance.rollout.SamplerSettings;
import java.util.List;

/** Makes the record tree of a checked and completed preferences file. */
final class PreferencesBinder {
  private static final String ALL = "all";

  private final Settings root;
  private final List<String> sources;
  private final List<String> annotators;

  PreferencesBinder(Settings root) {
    this.root = root;
    this.sources = names("sources");
    this.annotators = names("annotators");
  }

  private List<String> names(String key) {
    return root.parts(key).stream().map(part -> part.text("name")).toList();
  }

  PreferencesConfig config() {
    return new PreferencesConfig(
        root.text("name"),
        root.longInteger("seed"),
        root.path("output"),
        root.integer("threads"),
        Parts.triton(root.part("triton"), ""),
        root.paths("also"),
        root.part("publish").optionalPath("directory"),
        root.parts("sources").stream().map(PreferencesBinder::source).toList(),
        root.parts("annotators").stream().map(PreferencesBinder::annotator).toList(),
        root.optionalPart("style").map(PreferencesBinder::column),
        column(root.part("reasons")),
        root.parts("sets").stream().map(this::set).toList());
  }

  private static PreferencesConfig.Source source(Settings part) {
    return new PreferencesConfig.Source(
        part.text("name"),
        part.text("model"),
        part.optionalPath("weights"),
        new SamplerSettings(
            Sampler.of(part.text("sampler")),
            part.integer("steps"),
            part.integer("sde_start"),
            part.integer("sde_steps"),
            (float) part.number("noise_level"),
            (float) part.number("guidance")));
  }

  private static PreferencesConfig.Annotator annotator(Settings part) {
    return new PreferencesConfig.Annotator(
        part.text("name"), part.number("noise"), part.number("flip"));
  }

  private static PreferencesConfig.Column column(Settings part) {
    return new PreferencesConfig.Column(part.text("model"), part.text("output"));
  }

  private PreferenceSetConfig set(Settings part) {
    List<String> categories = part.texts("categories");
    Settings corruption = part.part("corruption");
    return new PreferenceSetConfig(
        part.text("name"),
        part.path("prompts"),
        categories.equals(List.of(ALL)) ? List.of() : categories,
        part.integer("groups"),
        part.integer("group_size"),
        chosen(part.texts("sources"), sources),
        part.optionalInteger("pairs"),
        part.number("mismatched"),
        part.number("ties"),
        chosen(part.texts("annotators"), annotators),
        part.integer("answers"),
        part.constant("domain", PreferenceSetConfig.Domain.class),
        new PreferenceSetConfig.Corruption(
            corruption.number("pixel_noise"), corruption.number("blur")),
        part.flag("reasons"),
        part.optionalPart("reference").map(PreferencesBinder::reference));
  }

  private static List<String> chosen(List<String> wanted, List<String> all) {
    return wanted.equals(List.of(ALL)) ? all : wanted;
  }

  private static PreferenceSetConfig.Reference reference(Settings part) {
    return new PreferenceSetConfig.Reference(
        part.optionalText("source"),
        part.integer("candidates"),
        part.number("alignment"),
        part.number("style"),
        part.flag("shown"));
  }
}
